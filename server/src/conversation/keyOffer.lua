#!lua
-- conversation/keyOffer: a signed one-time key for epochNext, which becomes current; without a next one the visit ends. Rules K1 V7 V8 V12 O46.
-- input  account seat visitId hold, epoch, keyOffer
-- reply  offered + changed | exhausted + changed | stale_epoch | stage | no_cert | a fence's word
-- @include conversation/opened

local visit, no = as_desk(input)
if not visit then return refuse(no) end
if not at_a_desk(visit) then return refuse('stage') end
if input.epoch == visit.epoch and input.keyOffer == keys_of(visit).keyOffer then return changed({ is = 'offered' }) end
if visit.stage == 'opening' and desk_of(input.account).certExpMs <= now then return refuse('no_cert') end
if input.epoch ~= visit.epochNext then return refuse('stale_epoch') end
if input.epoch > cfg.epochsPerVisitMax then
  remove(visit, 'too_long')
  return changed({ is = 'exhausted' })
end
put_visit(visit, { epoch = input.epoch, epochNext = input.epoch + 1, keyWanted = 0, rev = visit.rev + 1 })
drop_keys(visit, 'sealed')
put_keys(visit, { keyOffer = input.keyOffer })
hint_visitor(visit, 'key:offered', { rev = visit.rev, epoch = input.epoch, keyOffer = input.keyOffer })
return changed({ is = 'offered' })
