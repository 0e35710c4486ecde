-- @include live/base
-- What addresses have in the line beyond their share at other processes, as each told of itself: twin of beyondElsewhere
-- (queue/queue.model.ts).

-- What was told for longer than anybody may tell it is of a clock that went wrong.
local TOLD_MS = cfg.seenEveryMs + cfg.seenLateMs
local function beyond_elsewhere()
  local sum, all = 0, redis.call('HGETALL', key('beyond'))
  for at = 1, #all, 2 do
    local until_ms, beyond = string.match(all[at + 1], '^(%d+):(%d+)$')
    local left_ms = tonumber(until_ms) - now
    if all[at] ~= own and left_ms > 0 and left_ms <= TOLD_MS + cfg.clockSkewMsMax then sum = sum + tonumber(beyond) end
  end
  return sum
end
