#!lua flags=no-writes
-- queue/facts: what the wait is told from, and where the first ones stand. Rules Q2 Q10 Q8 Q9 Q13.
-- reply  as queue/places, and {turnsNow waiting longestMs beyondElsewhere}
-- @include queue/standing
-- @include queue/elsewhere

local first, longest = {}, 0
for _, id in ipairs(redis.call('ZRANGE', key('q'), 0, cfg.exactPlaces - 1)) do first[#first + 1] = standing_of(id) end
local stands = standing()
local facts = places_in(first, stands)

local served = redis.call('HVALS', key('rings'))
local head = waiting('line')()
if head then served[#served + 1] = head.visitId end
for _, id in ipairs(served) do
  local visit = visit_of(id)
  if visit then longest = math.max(longest, now - visit.joinedMs) end
end
facts.turnsNow, facts.waiting, facts.longestMs = stands.turns_of_newcomer(), present_count(), longest
facts.beyondElsewhere = beyond_elsewhere()
return answer(facts)
