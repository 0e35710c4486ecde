#!lua
-- conversation/append: stores one frame. Rules C1 C2 C3 V7 V8 R6.
-- input  a fence with side, sealed: a frame (conversation/frames.lua)
-- reply  stored {seq hints} | stage | stale_epoch | out_of_order | streams_full | log_full | no_key | a fence's word
-- @include conversation/frames

local visit, no = fenced(input)
if not visit then return refuse(no) end
local sealed = input.sealed
local known = known_in(visit, sealed)
if known and sealed.n <= known.n then
  return answer({ is = 'stored', seq = sealed.n == known.n and known.seq or 0, hints = hints })
end
no = no_writing(visit, sealed, false)
if no then return refuse(no) end
local seq
seq, no = store(visit, sealed)
if not seq then return refuse(no) end
if sealed.side == 'c' and visit.stage == 'talking' and keys_of(visit).sealed then opened(visit) end
return answer({ is = 'stored', seq = seq, hints = hints })
