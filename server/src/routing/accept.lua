#!lua
-- routing/accept: a ring is answered. Rules R1 V7.
-- input  account, seat, offerNo
-- reply  accepted {visit} + changed | gone | no_cert | not_available | replaced | lost      (only accepted writes)
-- @include live/fences

local desk, no = at_desk(input)
if not desk then return refuse(no) end
for _, visit in ipairs(held_by(desk)) do
  if visit.offerNo == input.offerNo then return changed({ is = 'accepted', visit = held_view(visit) }) end
end
local visit = visit_of(redis.call('HGET', key('rings'), number(input.offerNo)))
if not visit or visit.offerTo ~= desk.account then return refuse('gone') end
if desk.certExpMs <= now then return refuse('no_cert') end
if not has_lease(desk) then return refuse('not_available') end
to_opening(visit, desk)
return changed({ is = 'accepted', visit = held_view(visit) })
