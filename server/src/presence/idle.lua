#!lua flags=allow-oom
-- presence/idle: the sessions whose last sign is too old, without those that are over by now. Rule A14.
-- input  over: list of sessions
-- reply  {sessions}
-- @include live/fences

for _, session in ipairs(input.over) do redis.call('ZREM', key('awake'), session) end
return answer({ sessions = redis.call('ZRANGEBYSCORE', key('awake'), '-inf', number(now - cfg.sessionIdleMs)) })
