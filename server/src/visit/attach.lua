#!lua
-- visit/attach: a socket takes up a visit with a token. Rules L4 V7.
-- input  visitId, token and next: hashes of tokens
-- reply  attached {conn state} + changed | token_used | lost      (only attached writes)
-- @include visit/arrive

local visit = visit_of(input.visitId)
if not visit then return refuse('lost') end
if is_late(visit, input.next) then return refuse('token_used') end
if input.token == visit.tok then put_visit(visit, { tok = input.next, tokPrev = visit.tok })
elseif input.token == visit.tokPrev then put_visit(visit, { tok = input.next })
else return refuse('token_used') end
return take_up(visit)
