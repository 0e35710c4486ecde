#!lua
-- routing/decline: the visit keeps its ticket and rings elsewhere. Rules Q3 R3.
-- input  account, seat, offerNo
-- reply  declined + changed | gone | replaced | lost
-- @include live/fences

local desk, no = at_desk(input)
if not desk then return refuse(no) end
local visit = visit_of(redis.call('HGET', key('rings'), number(input.offerNo)))
if not visit or visit.offerTo ~= desk.account then return refuse('gone') end
ring_off(visit, 'withdrawn')
note_tried(visit, desk.account)
put_desk(desk, { misses = 0 })
return changed({ is = 'declined' })
