-- @include live/base
-- Whether the caller's clock is further from the store's than allowed: then nothing may run out by it [R5].
local function clock_off()
  if not cfg.checksClock then return false end
  local time = redis.call('TIME')
  return math.abs(tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000 - now) > cfg.clockSkewMsMax
end
