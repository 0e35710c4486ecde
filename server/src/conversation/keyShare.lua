#!lua
-- conversation/keyShare: replaces this side's half of its split key.
-- input  a fence with side, share{rid R}
-- reply  kept | stage | a fence's word
-- @include conversation/opened

local visit, no = fenced(input)
if not visit then return refuse(no) end
if not at_a_desk(visit) then return refuse('stage') end
if input.side == 'v' then put_keys(visit, { ridV = input.share.rid, RV = input.share.R })
else put_keys(visit, { ridC = input.share.rid, RC = input.share.R }) end
return answer({ is = 'kept' })
