#!lua flags=no-writes
-- queue/rows: the queue as consoles see it: enough to choose, nothing to recognise.
-- input  rowsMax
-- reply  {rows{ticket role topic lang waitedMs away unanswered ringing}}
-- @include live/moves

local SHOWN = { 'ticket', 'role', 'topic', 'lang', 'joinedMs', 'away', 'unanswered', 'stage' }
local rows = {}
for _, id in ipairs(redis.call('ZRANGE', key('q'), 0, input.rowsMax - 1)) do
  local visit = load_fields(key('v', id), SHOWN)
  if visit then
    rows[#rows + 1] = {
      ticket = visit.ticket, role = visit.role, topic = visit.topic, lang = visit.lang,
      waitedMs = now - visit.joinedMs, away = visit.away ~= 'no', unanswered = visit.unanswered,
      ringing = visit.stage == 'offered',
    }
  end
end
return answer({ rows = rows })
