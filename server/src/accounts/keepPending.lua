#!lua
-- accounts/keepPending: what was begun waits for its answer. Rules G5 A31.
-- input  id, text, forMs, first: only where nothing lies there
-- reply  kept | there {text}
-- @include live/base

local there = input.first and redis.call('GET', key('pending', input.id))
if there then
  local ends, text = there:match('^(%d+) (.*)$')
  if tonumber(ends) > now then return answer({ is = 'there', text = text }) end
end
local until_ms = number(now + input.forMs)
redis.call('SET', key('pending', input.id), until_ms .. ' ' .. input.text, 'PX', number(2 * input.forMs))
return answer({ is = 'kept' })
