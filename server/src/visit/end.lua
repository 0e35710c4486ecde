#!lua flags=allow-oom
-- visit/end: ends a visit for good. Rules V4 V7 R6. Works in a full store: it makes room.
-- input  visitId, reason, by: visitor {conn} | token {token} | desk {account seat hold}
-- reply  ended + changed (also when unknown) | token_used | replaced | not_yours | lost
-- @include live/fences

local visit, by = visit_of(input.visitId), input.by
local desk, no = at_desk(input)
if by == 'desk' and not desk then return refuse(no) end
if not visit then return changed({ is = 'ended' }) end
if by == 'visitor' and visit.conn ~= input.conn then return refuse('replaced') end
if by == 'token' and visit.tok ~= input.token and visit.tokPrev ~= input.token then return refuse('token_used') end
if by == 'desk' and (visit.holder ~= input.account or visit.hold ~= input.hold) then return refuse('not_yours') end
remove(visit, input.reason)
return changed({ is = 'ended' })
