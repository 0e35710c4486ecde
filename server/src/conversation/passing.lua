#!lua flags=no-writes
-- conversation/passing: whom a frame that is not stored goes to; nobody when epoch or fence do not fit.
-- input  a fence with side, sealed: a frame
-- reply  {hints}
-- @include conversation/frames

local visit = fenced(input)
if visit and visit.stage == 'talking' and input.sealed.epoch == visit.epoch then tell_peer(visit, input.sealed) end
return answer({ hints = hints })
