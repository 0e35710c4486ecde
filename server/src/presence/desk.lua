#!lua flags=no-writes
-- presence/desk: the truth for the console. Rule V2.
-- input  account, seat
-- reply  desk {desk} | replaced | lost
-- @include presence/view

local desk, no = at_desk(input)
if not desk then return refuse(no) end
return answer({ is = 'desk', desk = facts_of(desk) })
