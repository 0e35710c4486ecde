#!lua
-- routing/take: a waiting, present visit from the queue without a ring, or the one that rings here. Rules R1 R2 V7.
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

local function wanted(visits)
  for _, each in ipairs(visits) do
    if input.ticket == 'next' or each.ticket == input.ticket then return each end
  end
end
local rings = wanted(ringing_at(desk))
if not rings and load_of(desk) >= desk.slots then return refuse('no_slot') end

local function in_queue_by(ticket)
  return visit_of(redis.call('ZRANGEBYSCORE', key('q'), number(ticket), number(ticket))[1])
end
-- Who waits longest of whom she serves, or of whom all do by now; where there is none near the front, who waits longest.
local function next_for()
  local serves = text(desk.serves) and cjson.decode(desk.serves) or nil
  local walk = waiting('line')
  local first = walk()
  local visit = first
  for _ = 1, cfg.nextLooksMax do
    if not visit then break end
    if covers(serves, visit) or now - visit.joinedMs >= cfg.fallbackAfterMs then return visit end
    visit = walk()
  end
  return first
end
local function in_line_by(ticket)
  if ticket == 'next' then return next_for() end
  local visit = in_queue_by(ticket)
  return visit and redis.call('ZSCORE', key('line'), visit.visitId) and visit
end

local visit = rings or in_line_by(input.ticket)
if not visit and input.ticket == 'next' then return refuse('nobody_waiting') end
if not visit then
  local there = in_queue_by(input.ticket)
  return refuse(there and there.stage == 'waiting' and 'not_ready' or 'taken')
end
if not rings then
  put_visit(visit, { offerNo = count('offer') }) -- that rang nowhere: no earlier ring may be accepted for it
end
to_opening(visit, desk)
take = { account = desk.account, visitId = visit.visitId, untilMs = now + cfg.requestReplayMs }
redis.call('HSET', key('takes'), input.requestId, cjson.encode(take))
stays(key('takes'))
return changed({ is = 'taken_over', visit = held_view(visit) })
