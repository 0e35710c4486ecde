#!lua
-- presence/enter: a console sits down. Rules L4 R6 R9 O38.
-- input  account dev certExpMs serves slots status takeOver
-- reply  entered {seat desk} + changed | elsewhere | no_cert      (only entered writes)
-- @include presence/view

local desk = desk_of(input.account)
local holds = desk and redis.call('ZCARD', key('held', desk.account)) > 0
if input.certExpMs <= now and not (holds and desk.dev == input.dev) then return refuse('no_cert') end
local alive = desk and (has_lease(desk) or holds)
if alive and desk.dev ~= input.dev and not input.takeOver then return refuse('elsewhere') end
if not desk then
  desk = { account = input.account, status = 'offline', seat = now, presses = '' }
  desks[desk.account] = desk
  zadd(key('desks'), count('order'), desk.account)
end
if desk.status == 'offline' then
  sets_desk(desk, { status = input.status, slots = math.min(input.slots or cfg.slotsDefault, cfg.slotsMax), misses = 0 })
  if input.serves ~= nil then put_desk(desk, { serves = kept_choice(input.serves) }) end
else
  hint_desk(desk.account, 'desk:replaced', cjson.null)
end
if not alive then put_desk(desk, { idleSinceMs = now }) end
local elsewhere = desk.dev ~= input.dev
put_desk(desk, { dev = input.dev, certExpMs = input.certExpMs, seat = desk.seat + 1, node = own, beatMs = now })
if elsewhere or not alive then withdraw_rings(desk) end
peers_back(desk)
freed = true
return changed({ is = 'entered', seat = desk.seat, desk = facts_of(desk) })
