-- @include live/moves
-- @include queue/estimate
-- Where visits stand, and what the wait is told from: twins of placeOf and placesIn (queue/queue.model.ts).

-- All that this needs of a visit, and no more; nil when it is in no queue.
local STANDS = { 'ticket', 'conn', 'node', 'stage', 'away', 'unanswered', 'was', 'role', 'topic', 'lang', 'joinedMs' }
local function standing_of(id)
  local visit = load_fields(key('v', id), STANDS)
  if not visit or not in_queue(visit) then return nil end
  visit.visitId = id
  return visit
end
local function places_in(list, stands)
  local places = {}
  for index, visit in ipairs(list) do
    places[index] = {
      visitId = visit.visitId, conn = visit.conn, here = visit.node == own, ahead = ahead_of(visit),
      turns = stands.turns_of(visit), present = visit.away == 'no' and not visit.unanswered,
    }
  end
  return { handouts = handouts_kept(), staffed = staffed(), places = places }
end
