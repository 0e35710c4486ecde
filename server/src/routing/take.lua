#!lua
-- routing/take: a waiting, present visit from the queue without a ring. Rules R1 R2 V7.
-- input  account, seat, ticket: a number or 'next', requestId
-- reply  taken_over {visit} + changed | taken | not_ready | no_slot | not_available | no_cert | nobody_waiting | replaced | lost
-- @include routing/candidates

local desk, no = at_desk(input)
if not desk then return refuse(no) end
local earlier = redis.call('HGET', key('takes'), input.requestId)
local take = earlier and cjson.decode(earlier)
local held = take and take.untilMs > now and visit_of(take.visitId)
if held and held.holder == desk.account then return changed({ is = 'taken_over', visit = held_view(held) }) end
if desk.certExpMs <= now then return refuse('no_cert') end
if desk.status ~= 'available' or not has_lease(desk) then return refuse('not_available') end
if load_of(desk) >= desk.slots then return refuse('no_slot') end

local visit
for _, each in ipairs(line()) do
  if not visit and (input.ticket == 'next' or each.ticket == input.ticket) then visit = each end
end
if not visit and input.ticket == 'next' then return refuse('nobody_waiting') end
if not visit then
  for _, each in ipairs(visits_in(key('q'))) do
    if each.ticket == input.ticket and each.stage == 'waiting' then return refuse('not_ready') end
  end
  return refuse('taken')
end
put_visit(visit, { offerNo = count('offer') }) -- that rang nowhere: no earlier ring may be accepted for it
to_opening(visit, desk)
take = { account = desk.account, visitId = visit.visitId, untilMs = now + cfg.requestReplayMs }
redis.call('HSET', key('takes'), input.requestId, cjson.encode(take))
stays(key('takes'))
return changed({ is = 'taken_over', visit = held_view(visit) })
