#!lua flags=allow-oom
-- rounds/claim: one process does this round for the whole centre. Rule N73. Works in a full store: time has to pass there, too.
-- input  round, forMs
-- reply  claimed | taken      (only claimed writes)
-- @include live/base

local until_ms = tonumber(redis.call('HGET', key('rounds'), input.round) or 0)
if until_ms > now and until_ms <= now + input.forMs then return answer({ is = 'taken' }) end
redis.call('HSET', key('rounds'), input.round, number(now + input.forMs))
stays(key('rounds'))
return answer({ is = 'claimed' })
