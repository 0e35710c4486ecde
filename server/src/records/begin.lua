#!lua
-- records/begin: records that hold nothing get the newest layout. Rule A5.
-- input  newest
-- reply  begun
-- @include records/base

redis.call('HSETNX', C .. 'about', 'version', number(input.newest))
return answer({ is = 'begun' })
