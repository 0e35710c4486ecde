#!lua flags=allow-oom
-- records/shorten: takes the oldest entries of the log away, unless somebody else did. Rules A4 A5.
-- input  clockApartMsMax? version, from, to: the anchor that the log has and gets; entries: how many go
-- reply  shortened | other | outdated | clock_off
-- @include records/base

if outdated() then return answer({ is = 'outdated' }) end
if clock_off() then return answer({ is = 'clock_off' }) end
if (redis.call('HGET', C .. 'log', 'anchor') or '') ~= input.from then return answer({ is = 'other' }) end
redis.call('LTRIM', C .. 'entries', input.entries, -1)
redis.call('HSET', C .. 'log', 'anchor', input.to)
return answer({ is = 'shortened' })
