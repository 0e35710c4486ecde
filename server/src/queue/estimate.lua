-- @include routing/candidates
-- How long it usually takes, and whether that is too long: twins of estimate, countingSince, turnsIn, turnsWithout
-- and tooLong (queue/queue.rules.ts).
local ROUND_MIN = 5
local function round_up(minutes) return math.ceil(minutes / ROUND_MIN) * ROUND_MIN end

-- @return from, to in minutes; nil when nobody knows
local function estimate(turns, seconds)
  if not staffed() or #seconds < cfg.handoutsMin then return nil end
  if turns == 0 then return 0, 0 end
  table.sort(seconds)
  local function minutes(part) return turns * seconds[math.max(1, math.ceil(part * #seconds))] / 60 end
  local from = math.max(0, round_up(minutes(0.5)) - ROUND_MIN)
  return from, math.max(from + ROUND_MIN, round_up(minutes(0.8)))
end

local function too_long(from, to, closes_in_ms)
  if not from then return false end
  if to * 60000 > cfg.fullEstimateMs then return true end
  return type(closes_in_ms) == 'number' and from * 60000 > closes_in_ms
end

local function handouts_kept()
  local list = {}
  for _, each in ipairs(redis.call('LRANGE', key('gap'), 0, -1)) do
    local from, to = string.match(each, '^(%d+):(%d+)$')
    if from then list[#list + 1] = { fromMs = tonumber(from), toMs = tonumber(to) } end
  end
  return list
end
local function counting_since(opened_ms)
  local seconds = {}
  for _, each in ipairs(handouts_kept()) do
    if each.fromMs >= opened_ms then seconds[#seconds + 1] = math.floor((each.toMs - each.fromMs) / 1000 + 0.5) end
  end
  return seconds
end

-- Who gets a free counsellor, in thought only. `inFront` counts those who get none.
local function turns_in()
  local turns = { seats = seats(), inFront = 0 }
  function turns.free_seat(wish, was)
    if not somebody_free(turns.seats) then return nil end
    return choose(free_for(wish, turns.seats), was)
  end
  function turns.of(visit)
    if visit.stage == 'offered' then return 0 end
    local seat = turns.free_seat(visit, visit.was)
    if visit.away ~= 'no' or visit.unanswered then return seat and 0 or turns.inFront + 1 end
    if not seat then
      turns.inFront = turns.inFront + 1
      return turns.inFront
    end
    seat.load = seat.load + 1
    return 0
  end
  return turns
end

-- For somebody who comes now. Only the line gets seats, and once none is free, all others of it stand in front.
local function turns_of_newcomer(wish)
  local turns, line = turns_in(), redis.call('ZRANGE', key('line'), 0, -1)
  for i, id in ipairs(line) do
    if not somebody_free(turns.seats) then return turns.inFront + #line - i + 2 end
    local visit = visit_of(id)
    if visit then turns.of(visit) end
  end
  return turns.free_seat(wish, '') and 0 or turns.inFront + 1
end

-- What one address has in front beyond its share refuses nobody else.
local function turns_without(beyond, turns) return turns == 0 and 0 or math.max(1, turns - beyond) end

-- In the line or ringing: who is away or owes an answer fills nothing.
local function present_count() return redis.call('ZCARD', key('line')) + redis.call('HLEN', key('rings')) end
