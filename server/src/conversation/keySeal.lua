#!lua
-- conversation/keySeal: the visitor's sealed key for the current offer; the first one stays. Rules K1 V7.
-- input  visitId conn, epoch, sealed
-- reply  sealed + changed | stale_epoch | no_key | stage | a fence's word
-- @include conversation/opened

local visit, no = as_visitor(input)
if not visit then return refuse(no) end
if not at_a_desk(visit) then return refuse('stage') end
if input.epoch ~= visit.epoch then return refuse('stale_epoch') end
local keys = keys_of(visit)
if not keys.sealed and not keys.keyOffer then return refuse('no_key') end
if not keys.sealed then
  put_keys(visit, { sealed = input.sealed })
  put_visit(visit, { rev = visit.rev + 1 })
  hint_desk(visit.holder, 'key:sealed',
    { visitId = visit.visitId, rev = visit.rev, epoch = input.epoch, sealed = input.sealed })
end
return changed({ is = 'sealed' })
