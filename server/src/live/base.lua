-- Shared by every command: who calls, when, with what; keys; visits and desks as tables whose fields are written
-- through. Twin of live/record.ts. KEYS[1] is the centre's tag, the prefix of all its keys; `cfg.name` stands for a limit
-- or a rule, and is that number when Redis gets the text (redis/lua.ts).
local C, now = KEYS[1], tonumber(ARGV[1])
-- The process whose command this is; hints for the sockets of others, by process.
local own, elsewhere = ARGV[2], {}
local input = cjson.decode(ARGV[3])
local hints, freed = {}, false

local function key(name, id) return id and (C .. ':' .. name .. ':' .. id) or (C .. ':' .. name) end
local function text(value) return value and value ~= '' end

-- Fields that are numbers or flags; all others are text. Unknown fields are not read.
local NUMBERS = {
  ticket = 1, firstTicket = 1, joinedMs = 1, conn = 1, dropMs = 1, seenMs = 1, hold = 1, offerNo = 1, offerByMs = 1,
  notBeforeMs = 1, openByMs = 1, handedMs = 1, refusals = 1, talkedMs = 1, lastTextMs = 1, epoch = 1, epochNext = 1, keyWanted = 1,
  keyAskedMs = 1, rev = 1, seq = 1, slots = 1, seat = 1, certExpMs = 1, beatMs = 1, misses = 1, idleSinceMs = 1,
}
local FLAGS = { unanswered = 1, unloaded = 1, idleTold = 1, silentTold = 1, awayTold = 1, openingMissed = 1 }

local function loaded(field, value)
  if NUMBERS[field] then return tonumber(value) end
  if FLAGS[field] then return value == '1' end
  return value
end
local function load_hash(name)
  local flat = redis.call('HGETALL', name)
  if #flat == 0 then return nil end
  local record = {}
  for i = 1, #flat, 2 do record[flat[i]] = loaded(flat[i], flat[i + 1]) end
  return record
end
-- Of many records only what is needed; nil where there is none.
local function load_fields(name, fields)
  local values = redis.call('HMGET', name, unpack(fields))
  if not values[1] then return nil end
  local record = {}
  for i, field in ipairs(fields) do record[field] = loaded(field, values[i]) end
  return record
end

local function number(value) return string.format('%.0f', value) end
local function stored(value)
  if type(value) == 'number' then return number(value) end
  if type(value) == 'boolean' then return value and '1' or '0' end
  return value
end

-- Writes fields of a record to its hash and to the table at once.
local function put(name, record, fields)
  local flat = {}
  for field, value in pairs(fields) do
    record[field] = value
    flat[#flat + 1] = field
    flat[#flat + 1] = stored(value)
  end
  redis.call('HSET', name, unpack(flat))
end

local visits, desks, kept = {}, {}, {}
local function visit_of(id)
  if not text(id) then return nil end
  if visits[id] == nil then
    visits[id] = load_hash(key('v', id)) or false
    if visits[id] then visits[id].visitId = id end
  end
  return visits[id] or nil
end
local function desk_of(account)
  if not text(account) then return nil end
  if desks[account] == nil then
    desks[account] = load_hash(key('desk', account)) or false
    if desks[account] then desks[account].account = account end
  end
  return desks[account] or nil
end
-- What is kept for the two sides' keys: keyOffer sealed ridV RV ridC RC, each there or not.
local function keys_of(visit)
  local id = visit.visitId
  if not kept[id] then kept[id] = load_hash(key('k', id)) or {} end
  return kept[id]
end

-- A visit's keys go 4 h 15 after its join, whatever stops [V6]; what belongs to the centre, after 26 h of nothing.
-- Past that moment a key lives 10 s more, until the tick that ends the visit and tells whom it concerns.
local function broom(visit, name) redis.call('PEXPIRE', name, math.max(10000, visit.joinedMs + cfg.broomMs - now)) end
local function stays(name) redis.call('PEXPIRE', name, cfg.deskBroomMs) end

local function put_visit(visit, fields) put(key('v', visit.visitId), visit, fields) end
local function put_keys(visit, fields)
  put(key('k', visit.visitId), keys_of(visit), fields)
  broom(visit, key('k', visit.visitId))
end
local function drop_keys(visit, ...)
  local keys = keys_of(visit)
  for _, field in ipairs({ ... }) do keys[field] = nil end
  redis.call('HDEL', key('k', visit.visitId), ...)
end
local function put_desk(desk, fields)
  local name = key('desk', desk.account)
  put(name, desk, fields)
  stays(name)
end
local function zadd(name, score, member)
  redis.call('ZADD', name, score, member)
  stays(name)
end
local function count(field)
  local value = redis.call('HINCRBY', key('n'), field, 1)
  stays(key('n'))
  return value
end

-- Which life of the store's memory this is: the run of Redis. A replica that took over has another one.
local function life() return string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') end

-- A hint for a socket of another process leaves in the step that caused it, one parcel for each process [N70].
-- @return whether it is for another one
local function sent(process, hint)
  if process == own or not process then return false end
  local parcel = elsewhere[process] or {}
  elsewhere[process] = parcel
  parcel[#parcel + 1] = hint
  return true
end
local function post()
  for process, list in pairs(elsewhere) do
    redis.call('SPUBLISH', C .. ':node:' .. process, cjson.encode(list))
  end
end
local function answer(reply)
  post()
  return cjson.encode(reply)
end
local function refuse(word) return cjson.encode({ is = word, life = word == 'lost' and life() or nil }) end
-- The answer of a command that changed something: its word, hints, and whether match may find something now.
local function changed(reply)
  reply.hints = hints
  reply.freed = freed
  return answer(reply)
end
