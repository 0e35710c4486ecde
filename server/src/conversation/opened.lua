-- @include live/fences
-- The epoch works on both sides: twins of opened, startTalking and atADesk (conversation/keys.model.ts).

local function at_a_desk(visit) return visit.stage == 'opening' or visit.stage == 'talking' end

local function opened(visit)
  if not keys_of(visit).keyOffer then return end
  drop_keys(visit, 'keyOffer', 'sealed')
  hint_visitor(visit, 'key:opened', { epoch = visit.epoch })
end

-- Twin of handoutAt (queue/queue.rules.ts): kept as text, from:to.
local function note_handout(visit)
  local last = tonumber(redis.call('HGET', key('n'), 'lastHandoutMs') or 0)
  if not text(visit.front) and last > 0 and visit.joinedMs <= last then
    redis.call('RPUSH', key('gap'), number(last) .. ':' .. number(now))
    redis.call('LTRIM', key('gap'), -cfg.handoutsKept, -1)
    stays(key('gap'))
  end
  redis.call('HSET', key('n'), 'lastHandoutMs', number(now))
end

local function start_talking(visit)
  put_visit(visit, { stage = 'talking', openByMs = 0, openingMissed = false, rev = visit.rev + 1 })
  note_handout(visit)
  if visit.talkedMs == 0 then put_visit(visit, { talkedMs = now }) end
  put_visit(visit, { lastTextMs = now, idleTold = false })
  tell_visitor(visit, 'talking')
end
