#!lua
-- conversation/keyOpened: the counsellor opened the key and has kept it: now both may write.
-- input  account seat visitId hold, epoch
-- reply  opened + changed | stale_epoch | no_key | stage | a fence's word
-- @include conversation/opened

local visit, no = as_desk(input)
if not visit then return refuse(no) end
if not at_a_desk(visit) then return refuse('stage') end
if input.epoch ~= visit.epoch then return refuse('stale_epoch') end
local keys = keys_of(visit)
if visit.stage == 'opening' then
  if not keys.ridC or not keys.sealed then return refuse('no_key') end
  start_talking(visit)
end
if keys.keyOffer and not keys.sealed then return refuse('no_key') end
opened(visit)
return changed({ is = 'opened' })
