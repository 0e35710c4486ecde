#!lua
-- visit/reissue: as attach, by proof alone; the caller has computed visitId from the proof.
-- input  visitId, next
-- reply  attached {conn state} + changed | lost
-- @include visit/arrive

local visit = visit_of(input.visitId)
if not visit then return refuse('lost') end
put_visit(visit, { tok = input.next, tokPrev = '' })
return take_up(visit)
