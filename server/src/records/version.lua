#!lua
-- records/version: how the records are laid out; those that hold nothing get the newest. Rule A5.
-- input  newest
-- reply  version
-- @include records/base

local version = redis.call('HGET', C .. 'about', 'version')
if not version then
  version = redis.call('EXISTS', KEYS[1] .. ':settings') == 1 and '1' or number(input.newest)
  redis.call('HSET', C .. 'about', 'version', version)
end
return answer({ version = version })
