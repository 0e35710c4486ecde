#!lua flags=no-writes
-- presence/holds: how many are held or opening at this desk. Rule A12.
-- input  account
-- reply  {held}
-- @include live/fences

return answer({ held = redis.call('ZCARD', key('held', input.account)) })
