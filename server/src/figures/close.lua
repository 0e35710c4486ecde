#!lua flags=allow-oom
-- figures/close: whatever ends from now on counts in an hour after this one; gives what was counted up to it. Rules F2 F3.
-- input  hour
-- reply  closed {sums: lines of `hour name count`} | clock_off      (clock_off writes nothing)
-- @include live/base
-- @include live/skew

if clock_off() then return refuse('clock_off') end
local closed = tonumber(redis.call('HGET', key('sums'), 'closed') or -1)
if input.hour > closed then redis.call('HSET', key('sums'), 'closed', number(input.hour)) end
stays(key('sums'))
local lines = {}
local all = redis.call('HGETALL', key('sums'))
for at = 1, #all, 2 do
  local hour = tonumber(string.match(all[at], '^(%d+) '))
  if hour and hour <= input.hour then lines[#lines + 1] = all[at] .. ' ' .. all[at + 1] end
end
return answer({ is = 'closed', sums = table.concat(lines, '\n') })
