#!lua flags=allow-oom
-- retention/tick: applies every deadline that has passed. Rules R4 R5 R7 V6 Q6 H1. Works in a full store: it makes room.
-- input  hours {is sinceMs}
-- reply  ticked {grace more} + changed | clock_off      (clock_off writes nothing)
-- @include retention/deadlines
-- @include live/skew

local tick = redis.call('HMGET', key('tick'), 'atMs', 'graceUntilMs', 'staffGoneMs', 'life')
local at, grace_until, staff_gone = tonumber(tick[1] or 0), tonumber(tick[2] or 0), tonumber(tick[3] or 0)

-- Nobody could give a sign of life while nobody kept time, nor while the store was another one [R5].
local function keep_time()
  local gap = at > 0 and math.abs(now - at) > cfg.tickGapMs -- also where the clock went back
  local other_life = tick[4] and tick[4] ~= life() -- a replica that took over has the data of the one before
  if gap or other_life then grace_until = now + cfg.graceMs end
  staff_gone = math.min(staff_gone, now)
  return now < grace_until
end

-- After closing, who waits is served while somebody is there, and told when nobody is, or it has lasted too long [H1].
-- @return how many were told
local function drain(hours, grace)
  if hours.is == 'open' then
    staff_gone = 0
    return 0
  end
  -- nobody could show that she works while nobody kept time: being alone is counted anew [R5]
  if grace or staffed() then staff_gone = 0 elseif staff_gone == 0 then staff_gone = now end
  local alone = staff_gone > 0 and now - staff_gone >= cfg.drainStaffGoneMs
  if not alone and now - hours.sinceMs < cfg.drainAfterMs then return 0 end
  local told = 0
  for visit in waiting('q') do
    if told == cfg.dueAtOnceMax then break end
    if visit.stage == 'waiting' then
      remove(visit, 'closed')
      told = told + 1
    end
  end
  return told
end

-- What belongs to a visit that ran out by its TTL.
local function forget(id)
  for _, name in ipairs({ 'q', 'line', 'due' }) do redis.call('ZREM', key(name), id) end
  for _, account in ipairs(redis.call('ZRANGE', key('desks'), 0, -1)) do
    for _, name in ipairs({ 'held', 'ringing', 'letgo' }) do redis.call('ZREM', key(name, account), id) end
  end
  local rings = redis.call('HGETALL', key('rings'))
  for i = 1, #rings, 2 do
    if rings[i + 1] == id then redis.call('HDEL', key('rings'), rings[i]) end
  end
end

local looked = {} -- ids, each once
local function look_at(ids)
  for _, id in ipairs(ids) do
    if looked[id] == nil then looked[id] = visit_of(id) or false end
    if not looked[id] then forget(id) end
  end
end
local function those_at_desks()
  for _, account in ipairs(redis.call('ZRANGE', key('desks'), 0, -1)) do
    for _, name in ipairs({ 'ringing', 'held' }) do look_at(redis.call('ZRANGE', key(name, account), 0, -1)) end
    if not desk_of(account) then
      for _, name in ipairs({ 'desks', 'room' }) do redis.call('ZREM', key(name), account) end
    end
  end
end
-- Of whoever waits, who is due first.
local function those_who_wait()
  local due = redis.call('ZRANGEBYSCORE', key('due'), '-inf', number(now), 'LIMIT', 0, cfg.dueAtOnceMax)
  look_at(due)
  return #due
end
local function by_ticket()
  local list = {}
  for _, visit in pairs(looked) do
    if visit then list[#list + 1] = visit end
  end
  table.sort(list, function(a, b) return a.ticket < b.ticket end)
  return list
end

local function forget_takes()
  local takes = redis.call('HGETALL', key('takes'))
  for i = 1, #takes, 2 do
    if cjson.decode(takes[i + 1]).untilMs <= now then redis.call('HDEL', key('takes'), takes[i]) end
  end
end

-- What a process told of the line that tells no more.
local function forget_told()
  local told = redis.call('HGETALL', key('beyond'))
  for i = 1, #told, 2 do
    if tonumber(string.match(told[i + 1], '^%d+')) <= now then redis.call('HDEL', key('beyond'), told[i]) end
  end
end

if clock_off() then return refuse('clock_off') end
local grace = keep_time()
those_at_desks()
-- Desks first: a ring at a silent desk is withdrawn, not missed.
for _, desk in ipairs(all_desks()) do
  desk_tick(desk, grace)
  note_room(desk) -- also what a visit left that ran out, or a process that knows nothing of it
end
local due = those_who_wait()
for _, visit in ipairs(by_ticket()) do
  visit_tick(visit, grace)
  if visits[visit.visitId] then note_due(visit, grace and grace_until or 0) end
end
local drained = drain(input.hours, grace)
forget_takes()
forget_told()
redis.call('ZREMRANGEBYSCORE', key('over'), '-inf', number(now))
redis.call('HSET', key('tick'),
  'atMs', number(now), 'graceUntilMs', number(grace_until), 'staffGoneMs', number(staff_gone), 'life', life())
-- Counters and lists of the centre stay as long as somebody keeps its time.
for _, name in ipairs({ 'tick', 'n', 'desks', 'room', 'q', 'line', 'due', 'rings', 'takes', 'gap', 'over', 'beyond' }) do stays(key(name)) end
for _, desk in ipairs(all_desks()) do
  stays(key('held', desk.account))
  stays(key('ringing', desk.account))
  stays(key('letgo', desk.account))
end
return changed({ is = 'ticked', grace = grace, more = due == cfg.dueAtOnceMax or drained == cfg.dueAtOnceMax })
