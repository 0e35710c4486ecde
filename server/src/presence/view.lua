-- @include live/fences
-- What a console is shown, and whom its sign of life comforts: twins of factsOf and peersBack (presence.model.ts).

local function facts_of(desk)
  local held, rings, colleagues = {}, {}, 0
  for index, visit in ipairs(held_by(desk)) do held[index] = held_view(visit) end
  for index, visit in ipairs(ringing_at(desk)) do
    rings[index] = {
      offerNo = visit.offerNo, role = visit.role, topic = visit.topic, lang = visit.lang,
      waitedMs = now - visit.joinedMs, leftMs = math.max(0, visit.offerByMs - now),
    }
  end
  for _, other in ipairs(all_desks()) do
    if other ~= desk and takes_on(other) then colleagues = colleagues + 1 end
  end
  local let_go = {}
  for _, visit in ipairs(visits_in(key('letgo', desk.account))) do
    if visit.holder ~= desk.account then let_go[#let_go + 1] = { visitId = visit.visitId, why = visit.front } end
  end
  return {
    life = life(), letGo = let_go, status = desk.status, slots = desk.slots, serves = text(desk.serves) and cjson.decode(desk.serves) or cjson.null,
    seat = desk.seat, held = held, rings = rings, colleagues = colleagues,
  }
end

-- Whom she serves, as her desk keeps it: '' for everybody.
local function kept_choice(serves) return serves ~= cjson.null and cjson.encode(serves) or '' end

local function peers_back(desk)
  for _, visit in ipairs(held_by(desk)) do
    if visit.silentTold then
      put_visit(visit, { silentTold = false })
      hint_visitor(visit, 'peer:back', { rev = visit.rev })
    end
  end
end
