#!lua flags=allow-oom
-- presence/idle: the sessions whose last sign is too old, without those that are over by now. Rule A14.
-- input  there: list of sessions, of which those without a sign get their first; over: list of sessions
-- reply  {sessions}
-- A sign that lies ahead of a clock that went back counts as one of now.
-- @include live/fences

for _, session in ipairs(redis.call('ZRANGEBYSCORE', key('awake'), number(now + cfg.clockSkewMsMax + 1), '+inf')) do
  zadd(key('awake'), number(now), session)
end
for _, session in ipairs(input.over) do redis.call('ZREM', key('awake'), session) end
for _, session in ipairs(input.there) do
  if not redis.call('ZSCORE', key('awake'), session) then zadd(key('awake'), number(now), session) end
end
return answer({ sessions = redis.call('ZRANGEBYSCORE', key('awake'), '-inf', number(now - cfg.sessionIdleMs)) })
