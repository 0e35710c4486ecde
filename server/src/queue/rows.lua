#!lua flags=no-writes
-- queue/rows: the queue as consoles see it: enough to choose, nothing to recognise.
-- input  rowsMax
-- reply  {rows{ticket role topic lang waitedMs away unanswered ringing}}
-- @include live/moves

local rows = {}
for _, visit in ipairs(visits_in(key('q'))) do
  if #rows >= input.rowsMax then break end
  rows[#rows + 1] = {
    ticket = visit.ticket, role = visit.role, topic = visit.topic, lang = visit.lang,
    waitedMs = now - visit.joinedMs, away = visit.away ~= 'no', unanswered = visit.unanswered,
    ringing = visit.stage == 'offered',
  }
end
return answer({ rows = rows })
