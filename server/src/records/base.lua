-- Shared by every command on the records: who calls, when, with which input; keys; one row as it is stored.
-- Everything of a centre stands under `{centre}:records:`. A row is one field of the hash of its kind: its rev, its end and
-- its text, with a space between, so that no script ever reads or writes a document anew.
local C, now, input = KEYS[1] .. ':records:', tonumber(ARGV[1]), cjson.decode(ARGV[2])
local KINDS = {
  'settings', 'account', 'credential', 'device', 'session', 'token', 'ask', 'issuer',
  'sites', 'invitation', 'signIn', 'team', 'identity', 'login', 'figures', 'answers',
}

local function number(value) return string.format('%.0f', value) end
local function put_row(row, rev)
  redis.call('HSET', C .. row.kind, row.id, number(rev) .. ' ' .. number(row.endMs or 0) .. ' ' .. row.text)
end

-- rev of what is stored; nothing for what is past its end
local function standing(value)
  if not value then return nil end
  local rev, end_ms = value:match('^(%d+) (%d+) ')
  if end_ms ~= '0' and tonumber(end_ms) <= now then return nil end
  return tonumber(rev)
end
local function row_of(kind, id) return redis.call('HGET', C .. kind, id) end
local function head() return redis.call('HGET', C .. 'log', 'head') or '' end
local function put_entry(entry)
  redis.call('RPUSH', C .. 'entries', entry.text)
  redis.call('HSET', C .. 'log', 'head', entry.digest)
end
local function answer(reply) return cjson.encode(reply) end

-- Whether the clock that all processes share is further from that of the records than it may be. By one of them alone nothing
-- goes for good: a machine that has another date for a minute would take a year of the log, and every certificate [A2].
local function clock_off()
  if not input.clockApartMsMax then return false end
  return math.abs(tonumber(redis.call('TIME')[1]) * 1000 - now) > input.clockApartMsMax
end

-- A process of another release may have changed how all this is laid out, or somebody emptied it.
local function outdated() return redis.call('HGET', C .. 'about', 'version') ~= number(input.version) end
