#!lua flags=allow-oom
-- figures/forget: what the records have goes from here. Rule F3. Works in a full store: it makes room.
-- input  hour
-- reply  forgotten
-- @include live/base

for _, field in ipairs(redis.call('HKEYS', key('sums'))) do
  local hour = tonumber(string.match(field, '^(%d+) '))
  if hour and hour <= input.hour then redis.call('HDEL', key('sums'), field) end
end
return answer({ is = 'forgotten' })
