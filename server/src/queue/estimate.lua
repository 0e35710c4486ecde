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

-- Where visits stand, asked in the order of tickets: who gets a free counsellor, in thought only. The line is walked no
-- further than somebody is free; behind that it is enough to count. Twin of standing (queue/queue.model.ts).
local function standing()
  local list, walk, walked, in_front, head = seats(), waiting('line'), 0, 0, nil
  local function free_seat(wish, was)
    if not somebody_free(list) then return nil end
    return choose(free_for(wish, list), was)
  end
  -- @return how many get none before this ticket
  local function front_of(ticket)
    while somebody_free(list) do
      head = head or walk()
      if not head or head.ticket >= ticket then break end
      local seat = free_seat(head, head.was)
      if seat then seat.load = seat.load + 1 else in_front = in_front + 1 end
      walked, head = walked + 1, nil
    end
    local before = ticket == math.huge and redis.call('ZCARD', key('line'))
      or redis.call('ZCOUNT', key('line'), '-inf', '(' .. number(ticket))
    return in_front + before - walked
  end
  local stands = {}
  function stands.turns_of(visit)
    local front = front_of(visit.ticket)
    return (visit.stage == 'offered' or free_seat(visit, visit.was)) and 0 or front + 1
  end
  -- For somebody who comes now; without a wish it is for whoever is free.
  function stands.turns_of_newcomer(wish)
    local front, served = front_of(math.huge), nil
    if wish then served = free_seat(wish, '') else served = somebody_free(list) end
    return served and 0 or front + 1
  end
  return stands
end

-- What one address has in front beyond its share refuses nobody else.
local function turns_without(beyond, turns) return turns == 0 and 0 or math.max(1, turns - beyond) end

-- In the line or ringing: who is away or owes an answer fills nothing.
local function present_count() return redis.call('ZCARD', key('line')) + redis.call('HLEN', key('rings')) end
