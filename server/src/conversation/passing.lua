#!lua flags=no-writes
-- conversation/passing: whom a frame that is not stored goes to; nobody when epoch or fence do not fit.
-- input  a fence, epoch (conversation/frames.lua)
-- reply  account, seat or conn | nothing
-- @include conversation/frames

local id, account, fence, seat, epoch = unpack(ARGV, 2)
local visit = acting(id, account, fence, seat)
if not visit or visit.stage ~= 'talking' or epoch ~= visit.epoch then return {} end
return { peer_of(visit, account) }
