#!lua
-- queue/here: "Ja, ik ben er", or an answer to what was asked: back in the line with the first ticket, or no longer silent in a conversation. Rules Q3 Q7 R8.
-- input  visitId, conn
-- reply  here {ahead} + changed | stage | lost | replaced
-- @include live/fences

local visit, no = as_visitor(input)
if not visit then return refuse(no) end
if visit.stage == 'talking' then
  put_visit(visit, { lastTextMs = now, idleTold = false })
  return changed({ is = 'here', ahead = ahead_of(visit) })
end
if not in_queue(visit) then return refuse('stage') end
if visit.away ~= 'no' or visit.unanswered then
  put_visit(visit, { away = 'no', unanswered = false, rev = visit.rev + 1 })
  place(visit)
  freed = true
  tell_visitor(visit, visit.stage)
end
return changed({ is = 'here', ahead = ahead_of(visit) })
