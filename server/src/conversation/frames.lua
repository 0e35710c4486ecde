-- @include conversation/opened
-- One stored frame: twins of mayWrite, store and tellPeer (conversation/conversation.model.ts). A frame arrives as
-- {side epoch n kind: message|passing|control, stream: "<side><epoch>:<stream>", id, frame}.

local function known_in(visit, sealed)
  local held = redis.call('HGET', key('s', visit.visitId), sealed.stream)
  if not held then return nil end
  local n, seq = string.match(held, '^(%d+):(%d+)$')
  return { n = tonumber(n), seq = tonumber(seq) }
end

-- Between acceptance and the first key only the counsellor's confirmation passes.
local function no_writing(visit, sealed, restoring)
  local confirming = visit.stage == 'opening' and sealed.side == 'c' and sealed.kind == 'control' and not restoring
  if visit.stage ~= 'talking' and not confirming then return 'stage' end
  if restoring and sealed.epoch > visit.epoch then return 'stale_epoch' end
  if not restoring and sealed.epoch ~= visit.epoch then return 'stale_epoch' end
  if confirming and not keys_of(visit).sealed then return 'no_key' end
  return nil
end

local function streams_of(visit, sealed)
  local start, streams = sealed.side .. number(sealed.epoch) .. ':', 0
  for _, name in ipairs(redis.call('HKEYS', key('s', visit.visitId))) do
    if string.sub(name, 1, #start) == start then streams = streams + 1 end
  end
  return streams
end

-- To the other side, with its newest fence. Without seq: a frame that is not stored.
local function tell_peer(visit, sealed, seq)
  local event, hint = seq and 'talk:frame' or 'talk:passing', { frame = sealed.frame, seq = seq }
  if seq then hint.epoch = sealed.epoch end
  if sealed.side == 'c' then return hint_visitor(visit, event, hint) end
  hint.visitId = visit.visitId
  hint_desk(visit.holder, event, hint)
end

-- @return the frame's seq, or nil and a word
local function store(visit, sealed)
  local known = known_in(visit, sealed)
  if sealed.n ~= (known and known.n or 0) + 1 then return nil, 'out_of_order' end
  if not known and streams_of(visit, sealed) >= cfg.streamsPerEpochMax then return nil, 'streams_full' end
  if visit.seq >= cfg.framesPerVisitMax then return nil, 'log_full' end
  local seq, id = visit.seq + 1, visit.visitId
  put_visit(visit, { seq = seq })
  redis.call('HSET', key('s', id), sealed.stream, number(sealed.n) .. ':' .. number(seq))
  redis.call('XADD', key('f', id), number(seq) .. '-0', 'f', sealed.frame, 'i', sealed.id, 't', number(now))
  broom(visit, key('s', id))
  broom(visit, key('f', id))
  if sealed.kind == 'message' then put_visit(visit, { lastTextMs = now, idleTold = false }) end
  tell_peer(visit, sealed, seq)
  return seq
end
