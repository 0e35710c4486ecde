#!lua flags=allow-oom
-- queue/tell: how many visits addresses of this process have in the line beyond their share, for joins at the others. Rule N44. Works in a full store.
-- input  beyond [forMs]
-- reply  told
-- @include queue/elsewhere

local until_ms = now + (input.forMs or TOLD_MS)
if input.beyond > 0 then redis.call('HSET', key('beyond'), own, number(until_ms) .. ':' .. number(input.beyond))
else redis.call('HDEL', key('beyond'), own) end
stays(key('beyond'))
return answer({ is = 'told' })
