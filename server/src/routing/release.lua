#!lua flags=allow-oom
-- routing/release: a console that cannot go on lets go of a visit. Rules Q3 R6 R11. Works in a full store.
-- input  account seat visitId hold, why
-- reply  released + changed | a fence's word
-- @include live/fences

local visit, no = as_desk(input)
if not visit then return refuse(no) end
note_tried(visit, input.account)
to_front(visit, input.why)
return changed({ is = 'released' })
