#!lua flags=allow-oom
-- rounds/leave: this process is on its way out; how many others of the centre hear what is posted to them and stay. Rule M7. Works in a full store.
-- input  forMs
-- reply  others {count}
-- @include live/base

local LEAVING = 'leaving '
redis.call('HSET', key('rounds'), LEAVING .. own, number(now + input.forMs))
stays(key('rounds'))
local leaves = {}
local all = redis.call('HGETALL', key('rounds'))
for at = 1, #all, 2 do
  local field, until_ms = all[at], tonumber(all[at + 1])
  if string.sub(field, 1, #LEAVING) == LEAVING then
    if until_ms > now then leaves[string.sub(field, #LEAVING + 1)] = true
    else redis.call('HDEL', key('rounds'), field) end
  end
end

local channel_of = C .. ':node:'
local count = 0
for _, channel in ipairs(redis.call('PUBSUB', 'SHARDCHANNELS', channel_of .. '*')) do
  if not leaves[string.sub(channel, #channel_of + 1)] then count = count + 1 end
end
return answer({ is = 'others', count = count })
