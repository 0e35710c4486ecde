#!lua
-- presence/slots: how many at once; lowering withdraws rings beyond it, never conversations. Rule R2.
-- input  account, seat, slots, requestId
-- reply  set + changed | replaced | lost
-- @include presence/presses

local desk, no = at_desk(input)
if not desk then return refuse(no) end
if pressed_before(desk, input.requestId) then return changed({ is = 'set' }) end
sets_desk(desk, { slots = math.max(1, math.min(input.slots, cfg.slotsMax)) })
if load_of(desk) > desk.slots then withdraw_rings(desk, desk.slots) end
freed = true
return changed({ is = 'set' })
