#!lua
-- conversation/keyRefuse: the visitor does not trust the key: to the front, not to this counsellor. Rule Q3.
-- input  visitId conn, epoch
-- reply  refused {ended} + changed | stale_epoch | stage | a fence's word
-- @include live/fences

local visit, no = as_visitor(input)
if not visit then return refuse(no) end
if visit.stage ~= 'opening' and visit.stage ~= 'talking' then return refuse('stage') end
if input.epoch ~= visit.epoch then return refuse('stale_epoch') end
put_visit(visit, { refusals = visit.refusals + 1 })
local ended = visit.refusals >= cfg.refusalsMax
if ended then
  remove(visit, 'refused')
else
  if text(visit.holder) then note_tried(visit, visit.holder) end
  to_front(visit, 'refused')
end
return changed({ is = 'refused', ended = ended })
