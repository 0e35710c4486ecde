#!lua flags=allow-oom
-- presence/signOut: the session of this seat is over: what is held goes to the front at once. Rule R6. Works in a full store.
-- input  account, seat
-- reply  signed_out + changed | replaced | lost
-- @include live/fences

local desk, no = at_desk(input)
if not desk then return refuse(no) end
sets_desk(desk, { status = 'offline', seat = desk.seat + 1 })
for _, visit in ipairs(held_by(desk)) do to_front(visit, 'counsellor_gone') end
withdraw_rings(desk)
return changed({ is = 'signed_out' })
