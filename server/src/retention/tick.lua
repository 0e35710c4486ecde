#!lua flags=allow-oom
-- retention/tick: applies every deadline that has passed. Rules R4 R5 R7 V6 Q6 H1. Works in a full store: it makes room.
-- input  hours {is sinceMs}
-- reply  ticked {grace} + changed | clock_off      (clock_off writes nothing)
-- @include retention/deadlines
-- @include live/skew

local tick = redis.call('HMGET', key('tick'), 'atMs', 'graceUntilMs', 'staffGoneMs', 'life')
local at, grace_until, staff_gone = tonumber(tick[1] or 0), tonumber(tick[2] or 0), tonumber(tick[3] or 0)

-- Nobody could give a sign of life while nobody kept time, nor while the store was another one [R5].
local function keep_time()
  local gap = at > 0 and now - at > cfg.tickGapMs
  local other_life = tick[4] and tick[4] ~= life() -- a replica that took over has the data of the one before
  if gap or other_life then grace_until = now + cfg.graceMs end
  return now < grace_until
end

-- After closing, who waits is served while somebody is there, and told when nobody is, or it has lasted too long [H1].
local function drain(hours, grace)
  if hours.is == 'open' then
    staff_gone = 0
    return
  end
  -- nobody could show that she works while nobody kept time: being alone is counted anew [R5]
  if grace or staffed() then staff_gone = 0 elseif staff_gone == 0 then staff_gone = now end
  local alone = staff_gone > 0 and now - staff_gone >= cfg.drainStaffGoneMs
  if not alone and now - hours.sinceMs < cfg.drainAfterMs then return end
  for _, visit in ipairs(visits_in(key('all'))) do
    if visit.stage == 'waiting' then remove(visit, 'closed') end
  end
end

-- What belongs to visits that ran out by their TTL, and to desks that did.
local function sweep()
  local gone = {}
  for _, id in ipairs(redis.call('ZRANGE', key('all'), 0, -1)) do
    if not visit_of(id) then gone[#gone + 1] = id end
  end
  for _, account in ipairs(redis.call('ZRANGE', key('desks'), 0, -1)) do
    if #gone > 0 then
      redis.call('ZREM', key('held', account), unpack(gone))
      redis.call('ZREM', key('ringing', account), unpack(gone))
      redis.call('ZREM', key('letgo', account), unpack(gone))
    end
    if not desk_of(account) then redis.call('ZREM', key('desks'), account) end
  end
  if #gone == 0 then return end
  for _, name in ipairs({ 'all', 'q', 'line' }) do redis.call('ZREM', key(name), unpack(gone)) end
  local rings = redis.call('HGETALL', key('rings'))
  for i = 1, #rings, 2 do
    if not visit_of(rings[i + 1]) then redis.call('HDEL', key('rings'), rings[i]) end
  end
end

local function forget_takes()
  local takes = redis.call('HGETALL', key('takes'))
  for i = 1, #takes, 2 do
    if cjson.decode(takes[i + 1]).untilMs <= now then redis.call('HDEL', key('takes'), takes[i]) end
  end
end

if clock_off() then return refuse('clock_off') end
sweep()
local grace = keep_time()
-- Desks first: a ring at a silent desk is withdrawn, not missed.
for _, desk in ipairs(all_desks()) do desk_tick(desk, grace) end
for _, visit in ipairs(visits_in(key('all'))) do visit_tick(visit, grace) end
drain(input.hours, grace)
forget_takes()
redis.call('ZREMRANGEBYSCORE', key('over'), '-inf', number(now))
redis.call('HSET', key('tick'),
  'atMs', number(now), 'graceUntilMs', number(grace_until), 'staffGoneMs', number(staff_gone), 'life', life())
-- Counters and lists of the centre stay as long as somebody keeps its time.
for _, name in ipairs({ 'tick', 'n', 'desks', 'all', 'q', 'line', 'rings', 'takes', 'gap', 'over' }) do stays(key(name)) end
for _, desk in ipairs(all_desks()) do
  stays(key('held', desk.account))
  stays(key('ringing', desk.account))
  stays(key('letgo', desk.account))
end
return changed({ is = 'ticked', grace = grace })
