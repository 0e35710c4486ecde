#!lua flags=allow-oom
-- visit/seen: signs of life of many sockets; fences that do not fit are passed over. Works in a full store, or
-- everybody would be counted as gone while it is full.
-- input  sockets: list of {visitId conn}
-- reply  {atDesk}: those of them whose visit is opening or talking
-- @include live/fences

local at_desks = {}
for _, fence in ipairs(input.sockets) do
  local visit = as_visitor(fence)
  if visit then
    put_visit(visit, { seenMs = now })
    if not in_queue(visit) then at_desks[#at_desks + 1] = { visitId = fence.visitId, conn = fence.conn } end
  end
end
return answer({ atDesk = at_desks })
