-- @include records/base

if outdated() then return answer({ is = 'outdated' }) end
for at, change in ipairs(input.changes) do
  if (standing(row_of(change.kind, change.id)) or 0) ~= change.rev then return answer({ is = 'stale', at = at - 1 }) end
end
local entry = input.entry
if entry and entry.after ~= head() then return answer({ is = 'moved' }) end

local rev = redis.call('HINCRBY', C .. 'about', 'rev', 1)
local news = {}
for _, change in ipairs(input.changes) do
  if not change.looked then
    if change.text then put_row(change, rev)
    else redis.call('HDEL', C .. change.kind, change.id) end
    news[#news + 1] = cjson.encode({ kind = change.kind, id = change.id, gone = not change.text })
  end
end
if entry then put_entry(entry) end
-- of an entry alone it is an empty list, which cjson would write as an object
redis.call('PUBLISH', C .. 'news', '{"changed":[' .. table.concat(news, ',') .. ']}')
return answer({ is = 'written', rev = rev })
