-- @include live/fences
-- Who rings for whom: twins of seatsOf and deskFor (routing/routing.model.ts), covers, freeFor and
-- choose (routing/routing.rules.ts).

local function has(list, wanted)
  for _, each in ipairs(list) do
    if each == wanted then return true end
  end
  return false
end
local function covers(serves, visit)
  return not serves or (has(serves.roles, visit.role) and has(serves.topics, visit.topic) and has(serves.langs, visit.lang))
end

-- Lua compares strings by the locale of the machine, the model by code units; ids are ASCII.
local function before(a, b)
  for i = 1, math.min(#a, #b) do
    local x, y = string.byte(a, i), string.byte(b, i)
    if x ~= y then return x < y end
  end
  return #a < #b
end
local function better(a, b)
  if a.load ~= b.load then return a.load < b.load end
  if a.desk.idleSinceMs ~= b.desk.idleSinceMs then return a.desk.idleSinceMs < b.desk.idleSinceMs end
  return before(a.desk.account, b.desk.account)
end
local function choose(candidates, was)
  local best
  for _, each in ipairs(candidates) do
    if each.desk.account == was then return each end
    if not best or better(each, best) then best = each end
  end
  return best
end

-- Every desk once per command: its load, whom it serves, whether it works and whether it may be rung. None where nobody has
-- room: then nothing else is asked of them.
local function seats()
  local list = {}
  if redis.call('ZCARD', key('room')) == 0 then return list end
  for i, desk in ipairs(all_desks()) do
    local held = redis.call('ZCARD', key('held', desk.account))
    list[i] = {
      desk = desk,
      load = held + redis.call('ZCARD', key('ringing', desk.account)),
      serves = text(desk.serves) and cjson.decode(desk.serves) or nil,
      works = takes_on(desk) and (desk.status == 'available' or held > 0),
      answers = answers(desk),
    }
  end
  return list
end
local function is_free(seat) return seat.answers and seat.load < seat.desk.slots end
local function somebody_free(list)
  for _, seat in ipairs(list) do
    if is_free(seat) then return true end
  end
  return false
end

local function free_for(visit, list)
  local served = false
  for _, seat in ipairs(list) do served = served or (seat.works and covers(seat.serves, visit)) end
  local anybody = now - visit.joinedMs >= cfg.fallbackAfterMs or not served
  local free = {}
  for _, seat in ipairs(list) do
    if is_free(seat) and (anybody or covers(seat.serves, visit)) then free[#free + 1] = seat end
  end
  return free
end

local function seat_for(visit, list)
  local free, left, tried = free_for(visit, list), {}, {}
  for _, entry in ipairs(tried_of(visit)) do tried[entry.account] = true end
  for _, seat in ipairs(free) do
    if not tried[seat.desk.account] then left[#left + 1] = seat end
  end
  if #free == 0 then return nil end
  if #left == 0 then
    if visit.notBeforeMs == 0 then put_visit(visit, { notBeforeMs = now + cfg.triedAllForMs }) end
    if visit.notBeforeMs > now then return nil end
    put_visit(visit, { tried = '' })
    left = free
  end
  if visit.notBeforeMs ~= 0 then put_visit(visit, { notBeforeMs = 0 }) end
  return choose(left, visit.was)
end
