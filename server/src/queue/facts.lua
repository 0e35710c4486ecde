#!lua flags=no-writes
-- queue/facts: what the wait is told from. Rule Q2.
-- reply  {handouts staffed places{visitId conn ahead} waiting longestMs}
-- @include live/moves
-- @include queue/estimate

local places, waiting, longest = {}, 0, 0
for index, visit in ipairs(visits_in(key('q'))) do
  places[index] = { visitId = visit.visitId, conn = visit.conn, ahead = index - 1 }
  if visit.away == 'no' and not visit.unanswered then
    waiting = waiting + 1
    longest = math.max(longest, now - visit.joinedMs)
  end
end
return answer({
  handouts = handouts_kept(), staffed = staffed(), places = places, waiting = waiting, longestMs = longest,
})
