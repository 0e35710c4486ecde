#!lua flags=allow-oom
-- routing/release: a console that cannot go on, or whose visitor has just gone, lets go of a visit. Rules Q3 R6 R11 R12.
-- Works in a full store.
-- input  account seat visitId hold, why
-- reply  released + changed | not_away | a fence's word
-- @include live/fences

local visit, no = as_desk(input)
if not visit then return refuse(no) end
if input.why == 'visitor_away' then
  local agreed = visit.stage ~= 'opening' or keys_of(visit).sealed
  if agreed or peer_of(visit) == 'here' then return refuse('not_away') end
  note_missed(visit)
end
note_tried(visit, input.account)
to_front(visit, input.why)
return changed({ is = 'released' })
