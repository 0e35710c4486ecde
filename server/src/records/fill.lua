#!lua
-- records/fill: a dump as it was, into records that hold nothing. Rule A7.
-- input  version, rows: list of {kind id rev endMs text}, anchor, head, entries: list of texts, rev: above every number that a page may have seen
-- reply  filled | not_empty | outdated
-- @include records/base

if outdated() then return answer({ is = 'outdated' }) end
if head() ~= '' then return answer({ is = 'not_empty' }) end
for _, kind in ipairs(KINDS) do
  for _, row in ipairs(redis.call('HVALS', C .. kind)) do
    if standing(row) then return answer({ is = 'not_empty' }) end
  end
end

for _, kind in ipairs(KINDS) do redis.call('DEL', C .. kind) end
for _, row in ipairs(input.rows) do put_row(row, row.rev) end
for _, text in ipairs(input.entries) do redis.call('RPUSH', C .. 'entries', text) end
if input.head ~= '' then redis.call('HSET', C .. 'log', 'anchor', input.anchor, 'head', input.head) end
local rev = tonumber(redis.call('HGET', C .. 'about', 'rev') or 0)
redis.call('HSET', C .. 'about', 'rev', number(math.max(rev, input.rev)))
redis.call('PUBLISH', C .. 'news', '{}')
return answer({ is = 'filled' })
