-- @include live/base
-- Frames, which are what is asked most: twins of fenced (live/fences.ts), mayWrite, store and tellPeer
-- (conversation/conversation.model.ts). Of a visit and a desk they read only what they need, as the text that is stored.
-- A frame arrives as five arguments: stream "<side><epoch>:<stream>", epoch, n, kind message|passing|control, frame; a
-- fence as four: visitId, account, conn or hold, seat, where a visitor's side has no account. Where a frame goes is
-- answered as two, account and seat or conn; the process, which has the frame, makes the hint of it. Where another one has
-- that socket, the hint is posted to it here, and nobody is answered.

-- @return the seat that acts at a desk, and the process that has it; nothing where there is no such desk
local function seat_of(account)
  if text(account) then return unpack(redis.call('HMGET', key('desk', account), 'seat', 'node')) end
end

-- @return {id stage epoch seq conn node dropMs holder}, or nil and the word of the refusal
local function acting(id, account, fence, seat)
  if text(account) then
    local sits = seat_of(account)
    if not sits then return nil, 'lost' end
    if sits ~= seat then return nil, 'replaced' end
  end
  local stage, epoch, seq, conn, node, drop_ms, holder, hold =
    unpack(redis.call('HMGET', key('v', id), 'stage', 'epoch', 'seq', 'conn', 'node', 'dropMs', 'holder', 'hold'))
  if not stage then return nil, 'lost' end
  if not text(account) then
    if conn ~= fence or drop_ms ~= '0' then return nil, 'replaced' end
  elseif holder ~= account or hold ~= fence then
    return nil, 'not_yours'
  end
  return {
    id = id, stage = stage, epoch = epoch, seq = tonumber(seq), conn = conn, node = node, dropMs = drop_ms, holder = holder,
  }
end

-- To the other side, with its newest fence; a visitor's page knows its visit. @return account, and seat or conn: '' when
-- nobody is there whom this process has to tell
local function tell_peer(visit, account, event, hint)
  if text(account) then
    local there = visit.dropMs == '0' and visit.conn ~= '0'
    local to = { to = 'visitor', visitId = visit.id, conn = tonumber(visit.conn), event = event, hint = hint }
    return '', there and not sent(visit.node, to) and visit.conn or ''
  end
  local seat, process = seat_of(visit.holder)
  hint.visitId = visit.id
  local to = { to = 'desk', account = visit.holder, seat = tonumber(seat), event = event, hint = hint }
  return visit.holder, seat and not sent(process, to) and seat or ''
end
local function tell_frame(visit, account, seq, epoch, frame)
  return tell_peer(visit, account, 'talk:frame', { seq = tonumber(seq), frame = frame, epoch = tonumber(epoch) })
end

-- @return the last number of this stream, and its seq as text; nothing for a new one
local function known_in(visit, stream)
  local n, seq = string.match(redis.call('HGET', key('s', visit.id), stream) or '', '^(%d+):(%d+)$')
  return tonumber(n), seq
end

-- Between acceptance and the first key only the counsellor's confirmation passes.
local function no_writing(visit, account, epoch, kind, restoring)
  local confirming = visit.stage == 'opening' and text(account) and kind == 'control' and not restoring
  if visit.stage ~= 'talking' and not confirming then return 'stage' end
  if restoring and tonumber(epoch) > tonumber(visit.epoch) then return 'stale_epoch' end
  if not restoring and epoch ~= visit.epoch then return 'stale_epoch' end
  if confirming and redis.call('HEXISTS', key('k', visit.id), 'sealed') == 0 then return 'no_key' end
  return nil
end

local function streams_like(visit, stream)
  local start, streams = string.match(stream, '^%w+:'), 0
  for _, name in ipairs(redis.call('HKEYS', key('s', visit.id))) do
    if string.sub(name, 1, #start) == start then streams = streams + 1 end
  end
  return streams
end

-- All that a visit has ends at one moment, which is known at its join: saying it again now and then is enough.
local SAID_AGAIN = 64
local function lasts(visit)
  visit.joinedMs = tonumber(redis.call('HGET', key('v', visit.id), 'joinedMs'))
  broom(visit, key('s', visit.id))
  broom(visit, key('f', visit.id))
end

-- @return the frame's seq as text, or nil and a word
local function store(visit, known, stream, n, kind, frame)
  if tonumber(n) ~= (known or 0) + 1 then return nil, 'out_of_order' end
  if not known and streams_like(visit, stream) >= cfg.streamsPerEpochMax then return nil, 'streams_full' end
  if visit.seq >= cfg.framesPerVisitMax then return nil, 'log_full' end
  visit.seq = visit.seq + 1
  local id, seq = visit.id, number(visit.seq)
  if kind == 'message' then redis.call('HSET', key('v', id), 'seq', seq, 'lastTextMs', ARGV[1], 'idleTold', '0')
  else redis.call('HSET', key('v', id), 'seq', seq) end
  redis.call('HSET', key('s', id), stream, n .. ':' .. seq)
  redis.call('XADD', key('f', id), seq .. '-0', 'f', frame, 'i', stream .. ':' .. n, 't', ARGV[1])
  if not known or visit.seq % SAID_AGAIN == 1 then lasts(visit) end
  return seq
end

local function refused(word) return { word, word == 'lost' and life() or nil } end
