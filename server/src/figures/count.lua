-- @include live/base
-- Adds a visit that ends to the sums of its hour: twins of countersOf (figures/counting.rules.ts) and noteSums (live/moves.ts).

local WAIT_MIN = { 2, 5, 10, 15, 30 }
local TALK_MIN = { 5, 10, 20, 30, 45, 60 }
local LEFT_MIN = { 2, 5, 10 }
local function step_of(ms, ends)
  for at, min in ipairs(ends) do
    if ms < min * 60000 then return number(at - 1) end
  end
  return number(#ends)
end

local function count_visit(visit)
  local closed = tonumber(redis.call('HGET', key('sums'), 'closed') or -1)
  local hour = number(math.max(math.floor(now / 3600000), closed + 1))
  local function one(name) redis.call('HINCRBY', key('sums'), hour .. ' ' .. name, 1) end
  one('role.' .. visit.role)
  one('topic.' .. visit.topic)
  one('lang.' .. visit.lang)
  one('came.' .. number(math.floor(visit.joinedMs / 3600000)))
  if visit.talkedMs == 0 then one('left.' .. step_of(now - visit.joinedMs, LEFT_MIN))
  else
    one('wait.' .. step_of(visit.talkedMs - visit.joinedMs, WAIT_MIN))
    one('talk.' .. step_of(now - visit.talkedMs, TALK_MIN))
  end
  stays(key('sums'))
end
