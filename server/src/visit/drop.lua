#!lua flags=allow-oom
-- visit/drop: a socket closed. A full store hears it too: numbers of fixed size are overwritten, nothing grows.
-- input  visitId, conn
-- reply  dropped | stale      (only dropped writes)
-- @include live/fences

local visit = as_visitor(input)
if not visit then return refuse('stale') end
put_visit(visit, { dropMs = now, seenMs = now })
note_due(visit)
return answer({ is = 'dropped' })
