#!lua
-- queue/join: a visit gets its ticket. Rules Q1 V7 H1.
-- input  visitId role topic lang first vnonce share{rid R}, door {is closesInMs openedMs}, beyond? of this process
-- reply  joined {conn life stage ticket ahead} + changed | closed | closing | full | not_yours | token_used      (only joined writes)
-- @include visit/arrive
-- @include queue/estimate
-- @include queue/elsewhere

local function refusal(door)
  if door.is == 'closed' then return 'closed' end
  local waiting = present_count()
  if door.is == 'closing' and waiting > 0 then return 'closing' end
  local beyond = (input.beyond or 0) + beyond_elsewhere()
  if waiting - beyond >= cfg.waitingMax then return 'full' end
  local wish = { role = input.role, topic = input.topic, lang = input.lang, joinedMs = now }
  local from, to = estimate(turns_without(beyond, standing().turns_of_newcomer(wish)), counting_since(door.openedMs))
  return too_long(from, to, door.closesInMs) and 'full' or nil
end

local function new_visit()
  local visit = { visitId = input.visitId, joinedMs = now }
  put_visit(visit, {
    role = input.role, topic = input.topic, lang = input.lang, first = input.first, vnonce = input.vnonce,
    ticket = count('ticket'), firstTicket = 0, stage = 'waiting', away = 'no', unanswered = false, joinedMs = now, rev = 1,
    tok = input.first, tokPrev = '', conn = now, dropMs = 0, seenMs = now, unloaded = false,
    holder = '', hold = 0, was = '', front = '', offerTo = '', offerNo = 0, offerByMs = 0, notBeforeMs = 0, tried = '',
    openByMs = 0, handedMs = 0, openingMissed = false, refusals = 0, talkedMs = 0, lastTextMs = 0, idleTold = false, silentTold = false, awayTold = false,
    epoch = 0, epochNext = 1, keyWanted = 0, keyAskedMs = 0, seq = 0,
  })
  broom(visit, key('v', visit.visitId))
  put_keys(visit, { ridV = input.share.rid, RV = input.share.R })
  visits[visit.visitId] = visit
  place(visit)
  return visit
end

local visit = visit_of(input.visitId)
if visit and visit.first ~= input.first then return refuse('not_yours') end
if visit and visit.tok ~= input.first then return refuse('token_used') end
if visit then
  hint_visitor(visit, 'visit:replaced', cjson.null)
else
  local no = refusal(input.door)
  if no then return refuse(no) end
  if is_over(input.visitId) then return refuse('token_used') end
  visit = new_visit()
end
arrive(visit)
freed = true
return changed({
  is = 'joined', conn = visit.conn, life = life(), stage = visit.stage, ticket = visit.ticket, ahead = ahead_of(visit),
})
