#!lua
-- presence/awake: somebody is at this session, unless the last sign is too old. Rule A14.
-- input  session
-- reply  awake | idle        (only awake writes)
-- @include live/fences

local last = redis.call('ZSCORE', key('awake'), input.session)
if last and now - tonumber(last) >= cfg.sessionIdleMs then return answer({ is = 'idle' }) end
zadd(key('awake'), number(now), input.session) -- also under a sign that lies ahead of a clock that went back
return answer({ is = 'awake' })
