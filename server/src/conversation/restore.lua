#!lua
-- conversation/restore: frames that the store has lost, in stream order; known ones are passed over with seq 0. What was
-- stored before the first refusal stays stored. Rules C1 C2 V8.
-- input  a fence, then frames of five arguments each (conversation/frames.lua)
-- reply  restored account "seat or conn" seq… | lost life | stage | stale_epoch | out_of_order | streams_full | log_full
--        | a fence's word
-- @include conversation/frames

local id, account, fence, seat = unpack(ARGV, 3, 6)
local visit, no = acting(id, account, fence, seat)
if not visit then return refused(no) end
local reply = { 'restored', '', '' }
local before = #reply
for at = 7, #ARGV, 5 do
  local stream, epoch, n, kind, frame = unpack(ARGV, at, at + 4)
  no = no_writing(visit, account, epoch, kind, true)
  if no then break end
  local known, seq = known_in(visit, stream)
  if known and tonumber(n) <= known then
    seq = '0'
  else
    seq, no = store(visit, known, stream, n, kind, frame)
    if seq then reply[2], reply[3] = tell_frame(visit, account, seq, epoch, frame) end
  end
  if no then break end
  reply[#reply + 1] = seq
end
if no and #reply == before then return refused(no) end
post()
return reply
