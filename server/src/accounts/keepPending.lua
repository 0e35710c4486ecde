#!lua
-- accounts/keepPending: what was begun waits for its answer. Rule G5.
-- input  id, text, forMs
-- reply  kept
-- @include live/base

local until_ms = number(now + input.forMs)
redis.call('SET', key('pending', input.id), until_ms .. ' ' .. input.text, 'PX', number(2 * input.forMs))
return answer({ is = 'kept' })
