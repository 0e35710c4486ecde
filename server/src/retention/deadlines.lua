-- @include live/fences
-- What time does to one desk and to one visit: twins of deskTick, visitTick, unopened, missed, tellAway and talkingTick
-- (retention/retention.model.ts).

local function desk_tick(desk, grace)
  -- a sign that lies ahead of a clock that went back counts as one of now
  if desk.beatMs - now > cfg.clockSkewMsMax then put_desk(desk, { beatMs = now }) end
  if not answers(desk) then withdraw_rings(desk) end
  if grace or desk.status == 'offline' then return end
  local age = now - desk.beatMs
  if age >= cfg.releaseMs then
    for _, visit in ipairs(held_by(desk)) do to_front(visit, 'counsellor_gone') end
    return -- she is away, and stays what she was [R9]
  end
  if age < cfg.peerToldMs then return end
  for _, visit in ipairs(held_by(desk)) do
    if visit.stage == 'talking' and not visit.silentTold then
      put_visit(visit, { silentTold = true })
      hint_visitor(visit, 'peer:silent', { rev = visit.rev })
    end
  end
end

-- The offer rang in vain; several in a row, and the counsellor is "even weg".
local function missed(visit)
  local desk = desk_of(visit.offerTo)
  ring_off(visit, 'missed')
  if not desk then return end
  note_tried(visit, desk.account)
  put_desk(desk, { misses = desk.misses + 1 })
  if desk.misses < cfg.offerMissesMax then return end
  sets_desk(desk, { status = 'paused', misses = 0 })
  withdraw_rings(desk)
  tell_desk(desk, 'missed')
end

local function tell_away(visit, absent)
  if absent and not visit.awayTold then
    put_visit(visit, { awayTold = true })
    hint_desk(visit.holder, 'peer:silent', { visitId = visit.visitId, rev = visit.rev })
  end
  if not absent and visit.awayTold and visit.dropMs == 0 then
    put_visit(visit, { awayTold = false })
    hint_desk(visit.holder, 'peer:back', { visitId = visit.visitId, rev = visit.rev })
  end
end

local function talking_tick(visit, absent)
  local quiet = now - visit.lastTextMs
  if quiet >= cfg.silenceMs then return remove(visit, 'silence') end
  if now - visit.talkedMs >= cfg.lengthMaxMs then return remove(visit, 'too_long') end
  tell_away(visit, absent)
  if quiet < cfg.idleAskMs or visit.idleTold then return end
  put_visit(visit, { idleTold = true })
  local left = cfg.silenceMs - quiet
  hint_visitor(visit, 'talk:idle', { leftMs = left })
  hint_desk(visit.holder, 'talk:idle', { visitId = visit.visitId, leftMs = left })
end

-- Frames in the log grow older from its beginning, so the first one that is young enough ends the search.
local function trim_frames(visit)
  local log, oldest = key('f', visit.visitId), now - cfg.frameMs
  local from, old = '-', false
  repeat
    local page = redis.call('XRANGE', log, from, '+', 'COUNT', old and 64 or 1)
    for _, raw in ipairs(page) do
      local at
      for i = 1, #raw[2], 2 do at = raw[2][i] == 't' and tonumber(raw[2][i + 1]) or at end
      if at > oldest then
        if old then redis.call('XTRIM', log, 'MINID', raw[1]) end
        return
      end
      old, from = true, '(' .. raw[1]
    end
  until #page == 0
  if old then redis.call('UNLINK', log) end
end

-- No key in time: her slot is free. A visitor who was asked keeps ticket and question, and nothing else waits for it.
local function unopened(visit, absent)
  local keys = keys_of(visit)
  local asked = keys.keyOffer ~= nil and keys.sealed == nil
  if not asked then note_tried(visit, visit.holder) end
  note_missed(visit)
  to_front(visit, absent and 'visitor_away' or asked and 'unanswered' or 'unopened', asked)
end

local function back(visit)
  put_visit(visit, { away = 'no', rev = visit.rev + 1 })
  place(visit)
  freed = true
  tell_visitor(visit, visit.stage)
end

local function visit_tick(visit, grace)
  trim_frames(visit)
  if now - visit.joinedMs >= cfg.visitMs then return remove(visit, 'expired') end

  -- A node that died cannot say that its sockets went; during grace nobody could say that one is there.
  -- It stays a guess: a socket of which a sign comes late is there again, without having to connect anew.
  local guessed = visit.dropMs == 0
  local absent = is_absent(visit) and not (guessed and grace)
  if visit.stage == 'offered' and absent then ring_off(visit, 'away') end
  if visit.stage == 'offered' and now >= visit.offerByMs then missed(visit) end
  if visit.stage == 'opening' and not grace and now >= visit.openByMs then unopened(visit, absent) end
  if visit.stage == 'waiting' and visit.away == 'no' and absent then
    put_visit(visit, { away = 'dropped', rev = visit.rev + 1 })
    place(visit)
  end
  if visit.away == 'dropped' and guessed and not is_absent(visit) then back(visit) end
  if grace then return end
  if visit.stage == 'opening' then return tell_away(visit, absent) end
  local silent_since = guessed and visit.seenMs or visit.dropMs
  if absent and now - silent_since >= keep_ms(visit) then return remove(visit, 'visitor_gone') end
  if visit.stage == 'talking' then talking_tick(visit, absent) end
end
