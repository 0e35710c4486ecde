#!lua
-- visit/reissue: as attach, by proof alone; the caller has computed visitId from the proof.
-- input  visitId, next, short
-- reply  attached {conn state} + changed | token_used | full_house | lost      (only attached writes)
-- @include visit/arrive

local visit = visit_of(input.visitId)
if not visit then return refuse('lost') end
if is_late(visit, input.next) then return refuse('token_used') end
if is_kept_out(visit) then return refuse('full_house') end
put_visit(visit, { tok = input.next, tokPrev = '' })
return take_up(visit)
