#!lua flags=allow-oom
-- visit/seen: signs of life of many sockets; fences that do not fit are passed over. Works in a full store, or
-- everybody would be counted as gone while it is full.
-- input  sockets: list of {visitId conn}
-- reply  nothing
-- @include live/fences

for _, fence in ipairs(input.sockets) do
  local visit = as_visitor(fence)
  if visit then put_visit(visit, { seenMs = now }) end
end
return answer({})
