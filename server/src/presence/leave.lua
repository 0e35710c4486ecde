#!lua flags=allow-oom
-- presence/leave: a console goes offline. Works in a full store.
-- input  account, seat
-- reply  left + changed | has_conversations | replaced | lost
-- @include live/fences

local desk, no = at_desk(input)
if not desk then return refuse(no) end
if redis.call('ZCARD', key('held', desk.account)) > 0 then return refuse('has_conversations') end
withdraw_rings(desk)
sets_desk(desk, { status = 'offline' })
return changed({ is = 'left' })
