-- @include live/fences
-- A socket is there again, and what its visitor is told: twins of arrive and stateOf (visit/visit.model.ts).

local function arrive(visit)
  put_visit(visit, { conn = visit.conn + 1, node = own, dropMs = 0, seenMs = now, unloaded = false })
  if visit.awayTold then
    put_visit(visit, { awayTold = false })
    hint_desk(visit.holder, 'peer:back', { visitId = visit.visitId, rev = visit.rev })
  end
  if visit.away ~= 'dropped' then return note_due(visit) end
  put_visit(visit, { away = 'no', rev = visit.rev + 1 })
  place(visit)
  freed = true
  tell_visitor(visit, visit.stage)
end

-- twin of isLate (visit/visit.rules.ts)
local function is_late(visit, next)
  return visit.dropMs == 0 and (next == visit.tok or next == visit.tokPrev)
end

-- twin of isKeptOut (visit/visit.rules.ts)
local function is_kept_out(visit)
  return input.short and visit.stage == 'waiting' and (visit.dropMs > 0 or visit.node ~= own)
end

local function state_of(visit)
  local keys, desk = keys_of(visit), desk_of(visit.holder)
  return {
    visitId = visit.visitId, life = life(), stage = visit.stage, away = visit.away, unanswered = visit.unanswered,
    front = in_queue(visit) and text(visit.front) and visit.front or cjson.null,
    passed = in_queue(visit) and is_passed(visit) or nil, rev = visit.rev, hold = visit.hold,
    epoch = visit.epoch, ahead = in_queue(visit) and ahead_of(visit) or nil, waitedMs = now - visit.joinedMs,
    keyOffer = keys.keyOffer, sealedSet = keys.sealed ~= nil, peerAgeMs = desk and now - desk.beatMs or nil,
    idleLeftMs = idle_left(visit),
    share = { rid = keys.ridV, R = keys.RV }, last = visit.seq, staffed = staffed(),
  }
end

-- The older socket is told first, as long as its number is still the current one.
local function take_up(visit)
  hint_visitor(visit, 'visit:replaced', cjson.null)
  arrive(visit)
  return changed({ is = 'attached', conn = visit.conn, state = state_of(visit) })
end
