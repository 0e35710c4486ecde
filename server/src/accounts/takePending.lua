#!lua flags=allow-oom
-- accounts/takePending: the answer has come, and no other one is taken. Rule G5.
-- input  id
-- reply  taken {text} | none
-- @include live/base

local found = redis.call('GET', key('pending', input.id))
if not found then return answer({ is = 'none' }) end
redis.call('DEL', key('pending', input.id))
local until_ms, text = found:match('^(%d+) (.*)$')
if tonumber(until_ms) <= now then return answer({ is = 'none' }) end
return answer({ is = 'taken', text = text })
