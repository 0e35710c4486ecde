#!lua flags=allow-oom
-- queue/tell: how many visits addresses of this process have in the line beyond their share, for joins at the others. Rule N44. Works in a full store.
-- input  beyond
-- reply  told
-- @include queue/elsewhere

local told = redis.call('HGETALL', key('beyond'))
for at = 1, #told, 2 do
  if tonumber(string.match(told[at + 1], '^%d+')) <= now then redis.call('HDEL', key('beyond'), told[at]) end
end
if input.beyond > 0 then redis.call('HSET', key('beyond'), own, number(now + TOLD_MS) .. ':' .. number(input.beyond))
else redis.call('HDEL', key('beyond'), own) end
stays(key('beyond'))
return answer({ is = 'told' })
