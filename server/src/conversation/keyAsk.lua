#!lua
-- conversation/keyAsk: the visitor lost this epoch's key.
-- input  visitId conn, epoch
-- reply  asked + changed | too_fast | stale_epoch | stage | a fence's word
-- @include conversation/opened

local visit, no = as_visitor(input)
if not visit then return refuse(no) end
if not at_a_desk(visit) then return refuse('stage') end
if input.epoch ~= visit.epoch then return refuse('stale_epoch') end
if math.abs(now - visit.keyAskedMs) < cfg.keyAskEveryMs then return refuse('too_fast') end
put_visit(visit, { keyWanted = input.epoch, keyAskedMs = now, rev = visit.rev + 1 })
hint_desk(visit.holder, 'key:wanted', { visitId = visit.visitId, rev = visit.rev, epoch = input.epoch })
return changed({ is = 'asked' })
