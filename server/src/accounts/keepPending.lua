#!lua
-- accounts/keepPending: what was begun waits for its answer. Rules G5 A31.
-- input  id, text, forMs, back: only where nothing was begun meanwhile
-- reply  kept
-- @include live/base

local there = input.back and redis.call('GET', key('pending', input.id))
if there and tonumber(there:match('^(%d+)')) > now then return answer({ is = 'kept' }) end
local until_ms = number(now + input.forMs)
redis.call('SET', key('pending', input.id), until_ms .. ' ' .. input.text, 'PX', number(2 * input.forMs))
return answer({ is = 'kept' })
