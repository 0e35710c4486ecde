#!lua flags=no-writes
-- queue/places: where some visits stand. Rules Q2 Q10 Q9 Q13.
-- input  visitIds
-- reply  {handouts{fromMs toMs} staffed places{visitId conn here ahead turns present}}
-- @include queue/standing

local visits_asked = {}
for _, id in ipairs(input.visitIds) do visits_asked[#visits_asked + 1] = standing_of(id) end
table.sort(visits_asked, function(a, b) return a.ticket < b.ticket end)
return answer(places_in(visits_asked, standing()))
