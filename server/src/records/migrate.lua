#!lua
-- records/migrate: from one version to the next, once, and only from what was read. Rule A5.
-- input  from, to, reads: names of plain keys, values: list of {text?} that stood there, rows: list of {kind id text}, entry {text after digest}
-- reply  migrated | other        (only migrated writes)
-- @include records/base

local version = redis.call('HGET', C .. 'about', 'version')
if version and version ~= number(input.from) then return answer({ is = 'other' }) end
for at, name in ipairs(input.reads) do
  if (redis.call('GET', KEYS[1] .. ':' .. name) or nil) ~= input.values[at].text then return answer({ is = 'other' }) end
end
if input.entry.after ~= head() then return answer({ is = 'other' }) end

for _, name in ipairs(input.reads) do redis.call('DEL', KEYS[1] .. ':' .. name) end
local rev = redis.call('HINCRBY', C .. 'about', 'rev', 1)
for _, row in ipairs(input.rows) do put_row(row, rev) end
put_entry(input.entry)
redis.call('HSET', C .. 'about', 'version', number(input.to))
return answer({ is = 'migrated' })
