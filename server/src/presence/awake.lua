#!lua
-- presence/awake: somebody is at this session, unless the last sign is too old. Rule A14.
-- input  session
-- reply  awake | idle        (only awake writes)
-- @include live/fences

local last = redis.call('ZSCORE', key('awake'), input.session)
if last and now - tonumber(last) >= cfg.sessionIdleMs then return answer({ is = 'idle' }) end
zadd(key('awake'), number(math.max(now, tonumber(last or 0))), input.session)
return answer({ is = 'awake' })
