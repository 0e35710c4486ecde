#!lua flags=no-writes
-- presence/holds: how many are held or opening at this desk. Rules A12 O38.
-- input  account [dev]     (by this device, where one is named)
-- reply  {held}
-- @include live/fences

local desk = desk_of(input.account)
if input.dev and not (desk and desk.dev == input.dev) then return answer({ held = 0 }) end
return answer({ held = redis.call('ZCARD', key('held', input.account)) })
