#!lua
-- presence/status: available or paused; pausing withdraws rings, never conversations.
-- input  account, seat, status, requestId
-- reply  set + changed | replaced | lost
-- @include presence/presses

local desk, no = at_desk(input)
if not desk then return refuse(no) end
if pressed_before(desk, input.requestId) then return changed({ is = 'set' }) end
sets_desk(desk, { status = input.status, misses = 0 })
if input.status == 'available' then freed = true else withdraw_rings(desk) end
return changed({ is = 'set' })
