#!lua flags=allow-oom
-- records/shorten: takes the oldest entries of the log away, unless somebody else did. Rule A4.
-- input  from, to: the anchor that the log has and gets; entries: how many go
-- reply  shortened | other
-- @include records/base

if (redis.call('HGET', C .. 'log', 'anchor') or '') ~= input.from then return answer({ is = 'other' }) end
redis.call('LTRIM', C .. 'entries', input.entries, -1)
redis.call('HSET', C .. 'log', 'anchor', input.to)
return answer({ is = 'shortened' })
