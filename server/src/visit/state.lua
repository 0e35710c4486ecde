#!lua flags=no-writes
-- visit/state: the truth for the visitor. Rule V2.
-- input  visitId, conn
-- reply  state {state} | lost | replaced
-- @include visit/arrive

local visit, no = as_visitor(input)
if not visit then return refuse(no) end
return answer({ is = 'state', state = state_of(visit) })
