#!lua
-- routing/match: rings waiting visits at free counsellors. Rules Q4 Q5 R1 R2 R3 R5.
-- reply  matched {offers more} + changed | clock_off      (clock_off writes nothing)
-- @include routing/candidates
-- @include live/skew

local function ring(visit, seat)
  local desk = seat.desk
  put_visit(visit, {
    stage = 'offered', offerTo = desk.account, offerNo = count('offer'), offerByMs = now + cfg.offerRingMs,
    rev = visit.rev + 1,
  })
  redis.call('HSET', key('rings'), number(visit.offerNo), visit.visitId)
  stays(key('rings'))
  zadd(key('ringing', desk.account), visit.offerNo, visit.visitId)
  seat.load = seat.load + 1
  note_room(desk)
  place(visit)
  hint_desk(desk.account, 'offer:ring', {
    offerNo = visit.offerNo, role = visit.role, topic = visit.topic, lang = visit.lang,
    waitedMs = now - visit.joinedMs, leftMs = cfg.offerRingMs,
  })
end

if clock_off() then return refuse('clock_off') end
local offers, more = 0, false
if cfg.routing == 'offered' then
  local list = seats()
  local walk = waiting('line')
  while somebody_free(list) do
    local visit = walk()
    if not visit then break end
    local seat = seat_for(visit, list)
    if seat and offers == cfg.offersPerMatchMax then
      more = true
      break
    end
    if seat then
      ring(visit, seat)
      offers = offers + 1
    end
  end
end
return changed({ is = 'matched', offers = offers, more = more })
