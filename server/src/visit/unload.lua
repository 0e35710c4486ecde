#!lua flags=allow-oom
-- visit/unload: the page said goodbye; ends nothing, since a reload says it too. Works in a full store.
-- The token before is that of a page which is there again already: its goodbye comes too late.
-- input  visitId, token
-- reply  noted | token_used | lost
-- @include live/fences

local visit = visit_of(input.visitId)
if not visit then return refuse('lost') end
if visit.tok ~= input.token then return refuse('token_used') end
put_visit(visit, { unloaded = true })
note_due(visit)
return answer({ is = 'noted' })
