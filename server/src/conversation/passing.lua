#!lua flags=allow-oom
-- conversation/passing: whom a frame that is not stored goes to; nobody when epoch or fence do not fit. Writes nothing, but
-- may post, which no script may that is marked as one without writes.
-- input  a fence, epoch, frame (conversation/frames.lua)
-- reply  account, seat or conn | nothing
-- @include conversation/frames

local id, account, fence, seat, epoch, frame = unpack(ARGV, 3)
local visit = acting(id, account, fence, seat)
if not visit or visit.stage ~= 'talking' or epoch ~= visit.epoch then return {} end
local reply = { tell_peer(visit, account, 'talk:passing', { frame = frame }) }
post()
return reply
