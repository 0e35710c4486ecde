#!lua
-- conversation/append: stores frames, each by itself: what is refused or fails is nobody else's. Rules C1 C2 C3 V7 V8 R6.
-- input  for each frame nine arguments: a fence and a frame (conversation/frames.lua)
-- reply  for each {stored seq} of a repetition | {stored seq account "seat or conn" "opened or nothing"} | {lost life}
--        | {failed error} | {word}: stage, stale_epoch, out_of_order, streams_full, log_full, no_key, a fence's word
-- @include conversation/frames

-- The epoch works on both sides: the one-time key and the sealed one are of no more use. Twin of opened.
local function opened(visit)
  local keys = redis.call('HMGET', key('k', visit.id), 'keyOffer', 'sealed')
  if not keys[1] or not keys[2] then return '' end
  redis.call('HDEL', key('k', visit.id), 'keyOffer', 'sealed')
  tell_peer(visit, visit.holder, 'key:opened', { epoch = tonumber(visit.epoch) })
  return 'opened'
end

local function append(at)
  local id, account, fence, seat, stream, epoch, n, kind, frame = unpack(ARGV, at, at + 8)
  local visit, no = acting(id, account, fence, seat)
  if not visit then return refused(no) end
  local known, seq = known_in(visit, stream)
  if known and tonumber(n) <= known then return { 'stored', tonumber(n) == known and seq or '0' } end
  no = no_writing(visit, account, epoch, kind, false)
  if no then return refused(no) end
  seq, no = store(visit, known, stream, n, kind, frame)
  if not seq then return refused(no) end
  local to, number_there = tell_frame(visit, account, seq, epoch, frame)
  return { 'stored', seq, to, number_there, text(account) and visit.stage == 'talking' and opened(visit) or '' }
end

local replies = {}
for at = 3, #ARGV, 9 do
  local fine, reply = pcall(append, at)
  replies[#replies + 1] = fine and reply or { 'failed', type(reply) == 'table' and reply.err or tostring(reply) }
end
post()
return replies
