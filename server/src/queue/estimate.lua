-- How long it usually takes, and whether that is too long: twins of estimate and tooLong (queue/queue.rules.ts).
local ROUND_MIN = 5
local function round_up(minutes) return math.ceil(minutes / ROUND_MIN) * ROUND_MIN end

-- @return from, to in minutes; nil when nobody knows
local function estimate(ahead, handouts)
  if not staffed() or #handouts < cfg.handoutsMin then return nil end
  table.sort(handouts)
  local function minutes(part)
    return (ahead + 1) * handouts[math.max(1, math.ceil(part * #handouts))] / 60
  end
  local from = math.max(0, round_up(minutes(0.5)) - ROUND_MIN)
  return from, math.max(from + ROUND_MIN, round_up(minutes(0.8)))
end

local function too_long(from, to, closes_in_ms)
  if not from then return false end
  if to * 60000 > cfg.fullEstimateMs then return true end
  return type(closes_in_ms) == 'number' and from * 60000 > closes_in_ms
end

local function handouts_kept()
  local list = redis.call('LRANGE', key('gap'), 0, -1)
  for i = 1, #list do list[i] = tonumber(list[i]) end
  return list
end

-- In the line or ringing: who is away or owes an answer fills nothing.
local function present_count() return redis.call('ZCARD', key('line')) + redis.call('HLEN', key('rings')) end
