-- @include live/base
-- @include figures/count
-- One visit or one desk changes place: twins of live/moves.ts, function by function.

-- The visits of the queue or of the line, smallest ticket first, read as far as somebody asks for the next one; whoever was
-- given last may be moved meanwhile. Twin of waiting (live/line.ts).
local function waiting(name, after)
  local page, at, last = {}, 0, after and '(' .. number(after) or '-inf'
  return function()
    while true do
      if at >= #page then
        page, at = redis.call('ZRANGEBYSCORE', key(name), last, '+inf', 'WITHSCORES', 'LIMIT', 0, at == 0 and 2 or 16), 0
        if #page == 0 then return nil end
      end
      local visit = visit_of(page[at + 1])
      last, at = '(' .. page[at + 2], at + 2
      if visit then return visit end
    end
  end
end

-- Members whose visit ran out by its TTL are passed over everywhere; the next tick takes them out.
local function visits_in(name)
  local list = {}
  for _, id in ipairs(redis.call('ZRANGE', name, 0, -1)) do list[#list + 1] = visit_of(id) end
  return list
end
local function held_by(desk) return visits_in(key('held', desk.account)) end
local function ringing_at(desk) return visits_in(key('ringing', desk.account)) end
local function load_of(desk)
  return redis.call('ZCARD', key('held', desk.account)) + redis.call('ZCARD', key('ringing', desk.account))
end
-- Who is available and has room, so that a full house is seen without reading each desk [Q13]; whether she answers is asked then.
local function note_room(desk)
  if desk.status == 'available' and load_of(desk) < desk.slots then zadd(key('room'), 0, desk.account)
  else redis.call('ZREM', key('room'), desk.account) end
end
local function sets_desk(desk, fields)
  put_desk(desk, fields)
  note_room(desk)
end
local function has_lease(desk) return desk.status ~= 'offline' and now - desk.beatMs < cfg.leaseMs end
local function takes_on(desk) return has_lease(desk) and desk.certExpMs > now end
local function answers(desk)
  return desk.status == 'available' and now - desk.beatMs <= cfg.pulseLateMs and desk.certExpMs > now
end
local function all_desks()
  local list = {}
  for _, account in ipairs(redis.call('ZRANGE', key('desks'), 0, -1)) do
    list[#list + 1] = desk_of(account)
  end
  return list
end
local function staffed()
  for _, account in ipairs(redis.call('ZRANGE', key('desks'), 0, -1)) do
    local desk = desk_of(account)
    if desk and takes_on(desk) then return true end -- the first tells it: no more are read
  end
  return false
end

local function tell(process, hint)
  if not sent(process, hint) then hints[#hints + 1] = hint end
end
local function hint_visitor(visit, event, hint)
  if visit.dropMs == 0 and visit.conn > 0 then
    tell(visit.node, { to = 'visitor', visitId = visit.visitId, conn = visit.conn, event = event, hint = hint })
  end
end
local function hint_desk(account, event, hint)
  local desk = desk_of(account)
  if desk then
    tell(desk.node, { to = 'desk', account = desk.account, seat = desk.seat, event = event, hint = hint })
  end
end
local function tell_visitor(visit, stage, reason)
  hint_visitor(visit, 'visit:stage', { rev = visit.rev, stage = stage, hold = visit.hold, reason = reason })
end
local function tell_holder(visit, stage, reason, released)
  hint_desk(visit.holder, 'visit:stage', {
    visitId = visit.visitId, rev = visit.rev, stage = stage, hold = visit.hold, reason = reason, released = released,
  })
end
local function tell_desk(desk, why) hint_desk(desk.account, 'desk:changed', { why = why }) end

local function in_queue(visit) return visit.stage == 'waiting' or visit.stage == 'offered' end

-- Twins of absentFrom, isAbsent, keepMs and dueOf (visit/visit.rules.ts).
local function absent_from(visit)
  if visit.unloaded then return 0 end
  return visit.dropMs > 0 and visit.dropMs + cfg.awayAfterMs or visit.seenMs + cfg.seenLateMs
end
local function is_absent(visit) return now >= absent_from(visit) end
local function keep_ms(visit)
  if visit.unloaded then return cfg.unloadKeepMs end
  return visit.stage == 'talking' and cfg.talkingKeepMs or cfg.waitingKeepMs
end
local function oldest_frame_ms(visit)
  local raw = visit.seq > 0 and redis.call('XRANGE', key('f', visit.visitId), '-', '+', 'COUNT', 1)[1]
  if not raw then return math.huge end
  for i = 1, #raw[2], 2 do
    if raw[2][i] == 't' then return tonumber(raw[2][i + 1]) end
  end
end
local function due_of(visit, grace_until)
  local ends = math.min(visit.joinedMs + cfg.visitMs, oldest_frame_ms(visit) + cfg.frameMs)
  local absent = absent_from(visit)
  if visit.away ~= 'no' and visit.dropMs == 0 and now < absent then return now end -- there was a sign
  local since = visit.dropMs > 0 and visit.dropMs or visit.seenMs
  local silent = visit.away == 'no' and absent or math.max(absent, since + keep_ms(visit))
  return math.min(ends, silent > now and silent or math.max(silent, grace_until or 0))
end

-- When the tick has to look at who waits; at a desk and while it rings it does so each time.
local DUE = { 'stage', 'conn', 'dropMs', 'seenMs', 'unloaded', 'away', 'joinedMs', 'seq' }
local function note_due(visit, grace_until)
  if visit.stage ~= 'waiting' then return redis.call('ZREM', key('due'), visit.visitId) end
  zadd(key('due'), number(due_of(visit, grace_until)), visit.visitId)
end

-- The queue holds who waits, is away or rings; the line only who waits, is present and owes no answer.
local function place(visit)
  if in_queue(visit) then zadd(key('q'), visit.ticket, visit.visitId) else redis.call('ZREM', key('q'), visit.visitId) end
  if visit.stage == 'waiting' and visit.away == 'no' and not visit.unanswered then zadd(key('line'), visit.ticket, visit.visitId)
  else redis.call('ZREM', key('line'), visit.visitId) end
  note_due(visit)
end
local function ahead_of(visit) return redis.call('ZCOUNT', key('q'), '-inf', '(' .. number(visit.ticket)) end

local function lightened(desk)
  if load_of(desk) == 0 then put_desk(desk, { idleSinceMs = now }) end
  note_room(desk)
end
local function leave_ring(visit)
  redis.call('HDEL', key('rings'), number(visit.offerNo))
  local desk = desk_of(visit.offerTo)
  if desk and redis.call('ZREM', key('ringing', desk.account), visit.visitId) == 1 then lightened(desk) end
end
local function leave_desk(visit)
  local desk = desk_of(visit.holder)
  if desk and redis.call('ZREM', key('held', desk.account), visit.visitId) == 1 then lightened(desk) end
end

local function ring_off(visit, why)
  local account = visit.offerTo
  leave_ring(visit)
  put_visit(visit, { stage = 'waiting', offerTo = '', offerByMs = 0, rev = visit.rev + 1 })
  place(visit)
  freed = true
  tell_visitor(visit, 'waiting')
  hint_desk(account, 'offer:off', { offerNo = visit.offerNo, why = why })
end

local function withdraw_rings(desk, beyond)
  local rings = ringing_at(desk)
  for i = #rings, 1, -1 do -- the youngest go first
    if beyond and load_of(desk) <= beyond then return end
    ring_off(rings[i], 'withdrawn')
  end
end

-- tried is kept as text: account:untilMs,account:untilMs
local function tried_of(visit)
  local list = {}
  for account, untilMs in string.gmatch(visit.tried or '', '([^:,]+):(%d+)') do
    if tonumber(untilMs) > now then list[#list + 1] = { account = account, untilMs = tonumber(untilMs) } end
  end
  return list
end
local function note_tried(visit, account)
  local list = {}
  for _, entry in ipairs(tried_of(visit)) do
    if entry.account ~= account then list[#list + 1] = entry.account .. ':' .. number(entry.untilMs) end
  end
  list[#list + 1] = account .. ':' .. number(now + cfg.triedForMs)
  while #list > cfg.triedMax do table.remove(list, 1) end
  put_visit(visit, { tried = table.concat(list, ',') })
end

local function to_opening(visit, desk)
  redis.call('HDEL', key('rings'), number(visit.offerNo))
  redis.call('ZREM', key('ringing', desk.account), visit.visitId)
  zadd(key('held', desk.account), count('order'), visit.visitId)
  sets_desk(desk, { misses = 0 })
  put_visit(visit, {
    stage = 'opening', offerTo = '', offerByMs = 0, holder = desk.account, hold = visit.hold + 1,
    openByMs = now + cfg.openingMs, handedMs = now, notBeforeMs = 0, silentTold = false, awayTold = false, rev = visit.rev + 1,
  })
  place(visit)
  tell_visitor(visit, 'opening')
end

local function to_front(visit, why, unanswered)
  put_visit(visit, { hold = visit.hold + 1, rev = visit.rev + 1 })
  tell_holder(visit, 'waiting', nil, why)
  leave_desk(visit)
  drop_keys(visit, 'ridC', 'RC', 'sealed', 'keyOffer')
  if text(visit.was) then redis.call('ZREM', key('letgo', visit.was), visit.visitId) end
  zadd(key('letgo', visit.holder), visit.ticket, visit.visitId)
  put_visit(visit, {
    stage = 'waiting', was = visit.holder, front = why, unanswered = unanswered or false, holder = '', openByMs = 0,
    keyWanted = 0, silentTold = false,
  })
  if visit.dropMs > 0 or visit.awayTold or visit.unloaded then put_visit(visit, { away = 'dropped' }) end
  place(visit)
  freed = true
  tell_visitor(visit, 'waiting')
end

local function to_back(visit)
  local first = visit.firstTicket or 0
  put_visit(visit, { firstTicket = first > 0 and first or visit.ticket, ticket = count('ticket') })
end

local function note_missed(visit)
  if visit.openingMissed then to_back(visit) end
  put_visit(visit, { openingMissed = true })
end

local function is_passed(visit)
  local first = visit.firstTicket or 0
  if first == 0 then return nil end
  local from, to = '(' .. number(first), '(' .. number(visit.ticket)
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', key('q'), from, to, 'LIMIT', 0, cfg.passedLooksMax)) do
    local other = visit_of(id)
    if other and other.joinedMs > visit.joinedMs then return true end
  end
end

local function rest(desk)
  if desk.status ~= 'available' then return end
  sets_desk(desk, { status = 'wrap-up' })
  withdraw_rings(desk)
  tell_desk(desk, 'status')
end

-- No proof of an ended visit joins again for as long as a visit may last; nothing leads back to its id [L2].
local function note_over(id)
  zadd(key('over'), number(now + cfg.visitMs), redis.sha1hex(id))
  redis.call('ZREMRANGEBYRANK', key('over'), 0, -(cfg.overKeptMax + 1))
end
local function is_over(id) return tonumber(redis.call('ZSCORE', key('over'), redis.sha1hex(id)) or 0) > now end

local function remove(visit, reason)
  visit.rev = visit.rev + 1
  tell_visitor(visit, 'ended', reason)
  tell_holder(visit, 'ended', reason)
  if visit.stage == 'offered' then
    leave_ring(visit)
    hint_desk(visit.offerTo, 'offer:off', { offerNo = visit.offerNo, why = 'left' })
  end
  leave_desk(visit)
  local id, desk = visit.visitId, desk_of(visit.holder)
  redis.call('UNLINK', key('v', id), key('k', id), key('f', id), key('s', id))
  for _, name in ipairs({ 'q', 'line', 'due' }) do redis.call('ZREM', key(name), id) end
  local takes = redis.call('HGETALL', key('takes'))
  for i = 1, #takes, 2 do
    if cjson.decode(takes[i + 1]).visitId == id then redis.call('HDEL', key('takes'), takes[i]) end
  end
  if text(visit.was) then redis.call('ZREM', key('letgo', visit.was), id) end
  visits[id] = false
  note_over(id)
  count_visit(visit)
  if desk and visit.stage == 'talking' and cfg.wrapUp then rest(desk) end
  freed = true
end

-- What both sides are told while nobody writes; nil before that is asked about. Twin of idleLeft (visit/visit.rules.ts).
local function idle_left(visit)
  local quiet = now - visit.lastTextMs
  return visit.stage == 'talking' and quiet >= cfg.idleAskMs and math.max(0, cfg.silenceMs - quiet) or nil
end

local function peer_of(visit) return (visit.dropMs > 0 or visit.awayTold) and 'away' or 'here' end
local function held_view(visit)
  local keys = keys_of(visit)
  local handed = visit.handedMs or now -- none in a visit that an earlier version handed out
  return {
    visitId = visit.visitId, stage = visit.stage, hold = visit.hold, rev = visit.rev, epoch = visit.epoch,
    epochNext = visit.epochNext, keyWanted = visit.keyWanted, sealed = keys.sealed,
    share = keys.ridC and { rid = keys.ridC, R = keys.RC } or nil, vnonce = visit.vnonce, role = visit.role,
    topic = visit.topic, lang = visit.lang, waitedMs = handed - visit.joinedMs,
    talkedMs = visit.talkedMs > 0 and now - visit.talkedMs or nil, idleLeftMs = idle_left(visit),
    peer = peer_of(visit), last = visit.seq,
  }
end
