-- rounds/others: how many other processes of the centre hear what is posted to them. Rule M7. Writes nothing.
-- reply  others {count}
-- @include live/base

local channels = redis.call('PUBSUB', 'SHARDCHANNELS', C .. ':node:*')
local count = 0
for _, channel in ipairs(channels) do
  if channel ~= C .. ':node:' .. own then count = count + 1 end
end
return answer({ is = 'others', count = count })
