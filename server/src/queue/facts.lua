#!lua flags=no-writes
-- queue/facts: what the wait is told from. Rules Q2 Q10 Q8 Q9.
-- reply  {handouts{fromMs toMs} staffed places{visitId conn ahead turns present} turnsNow waiting longestMs}
-- @include live/moves
-- @include queue/estimate

local turns = turns_in()
local places, waiting, longest = {}, 0, 0
for index, visit in ipairs(visits_in(key('q'))) do
  local present = visit.away == 'no' and not visit.unanswered
  places[index] = {
    visitId = visit.visitId, conn = visit.conn, ahead = index - 1, turns = turns.of(visit), present = present,
  }
  if present then
    waiting = waiting + 1
    longest = math.max(longest, now - visit.joinedMs)
  end
end
return answer({
  handouts = handouts_kept(), staffed = staffed(), places = places, waiting = waiting, longestMs = longest,
  turnsNow = somebody_free(turns.seats) and 0 or turns.inFront + 1,
})
