#!lua
-- visit/attach: a socket takes up a visit with a token. Rules L4 V7.
-- input  visitId, token and next: hashes of tokens; short: whether there is room for who talks alone
-- reply  attached {conn state} + changed | token_used | full_house | lost      (only attached writes)
-- @include visit/arrive

local visit = visit_of(input.visitId)
if not visit then return refuse('lost') end
if is_late(visit, input.next) then return refuse('token_used') end
if input.token ~= visit.tok and input.token ~= visit.tokPrev then return refuse('token_used') end
if is_kept_out(visit) then return refuse('full_house') end
if input.token == visit.tok then put_visit(visit, { tok = input.next, tokPrev = visit.tok })
else put_visit(visit, { tok = input.next }) end
return take_up(visit)
