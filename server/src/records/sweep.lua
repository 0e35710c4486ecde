#!lua flags=allow-oom
-- records/sweep: takes away what is past its end. Rules A2 A5.
-- input  clockApartMsMax? version
-- reply  swept {gone: how many} | outdated | clock_off
-- @include records/base

if outdated() then return answer({ is = 'outdated' }) end
if clock_off() then return answer({ is = 'clock_off' }) end
local gone = 0
for _, kind in ipairs(KINDS) do
  local flat = redis.call('HGETALL', C .. kind)
  for i = 1, #flat, 2 do
    if not standing(flat[i + 1]) then gone = gone + redis.call('HDEL', C .. kind, flat[i]) end
  end
end
return answer({ is = 'swept', gone = gone })
