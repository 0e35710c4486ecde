#!lua flags=no-writes
-- records/read: what stands of some kinds, and the log if it is asked for, at one moment. Rules A2 A5.
-- input  version, kinds: list, id?: only this one, log?: how many of its newest entries, or all
-- reply  outdated | read, stored: list of {kind id row}, entries: list of texts, anchor, head
-- @include records/base

if outdated() then return answer({ is = 'outdated' }) end
local found = {}
for _, kind in ipairs(input.kinds) do
  local flat = input.id and { input.id, row_of(kind, input.id) } or redis.call('HGETALL', C .. kind)
  for i = 1, #flat, 2 do
    if standing(flat[i + 1]) then found[#found + 1] = { kind = kind, id = flat[i], row = flat[i + 1] } end
  end
end
return answer({
  is = 'read',
  stored = found,
  entries = input.log and redis.call('LRANGE', C .. 'entries', input.log == 'all' and 0 or -input.log, -1) or {},
  anchor = redis.call('HGET', C .. 'log', 'anchor') or '',
  head = redis.call('HGET', C .. 'log', 'head') or '',
})
