#!lua
-- records/migrate: from one version to the next, once. Rule A5.
-- input  from, to, removes: names of plain keys, rows: list of {kind id text}
-- reply  migrated | other        (only migrated writes)
-- @include records/base

if redis.call('HGET', C .. 'about', 'version') ~= number(input.from) then return answer({ is = 'other' }) end
for _, name in ipairs(input.removes) do redis.call('DEL', KEYS[1] .. ':' .. name) end
local rev = redis.call('HINCRBY', C .. 'about', 'rev', 1)
for _, row in ipairs(input.rows) do put_row(row, rev) end
redis.call('HSET', C .. 'about', 'version', number(input.to))
return answer({ is = 'migrated' })
