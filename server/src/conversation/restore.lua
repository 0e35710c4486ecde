#!lua
-- conversation/restore: frames that the store has lost, in stream order; known ones are passed over with seq 0. What was
-- stored before the first refusal stays stored. Rules C1 C2 V8.
-- input  a fence with side, frames: list of frames
-- reply  restored {seqs hints} | stage | stale_epoch | out_of_order | streams_full | log_full | no_key | a fence's word
-- @include conversation/frames

local visit, no = fenced(input)
if not visit then return refuse(no) end
local seqs = {}
for _, sealed in ipairs(input.frames) do
  no = no_writing(visit, sealed, true)
  local known = not no and known_in(visit, sealed)
  if known and sealed.n <= known.n then
    seqs[#seqs + 1] = 0
  else
    if not no then seqs[#seqs + 1], no = store(visit, sealed) end
    if no then break end
  end
end
if no and #seqs == 0 then return refuse(no) end
return answer({ is = 'restored', seqs = seqs, hints = hints })
