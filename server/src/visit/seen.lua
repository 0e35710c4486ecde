#!lua flags=allow-oom
-- visit/seen: signs of life of many sockets; fences that do not fit are passed over. Works in a full store, or
-- everybody would be counted as gone while it is full.
-- input  sockets: list of {visitId conn}
-- reply  {atDesk}: those of them whose visit is opening or talking
-- @include live/fences

local at_desks = {}
for _, fence in ipairs(input.sockets) do
  local visit = load_fields(key('v', fence.visitId), DUE)
  if visit and visit.conn == fence.conn and visit.dropMs == 0 then
    visit.visitId = fence.visitId
    visit.seenMs = now
    redis.call('HSET', key('v', fence.visitId), 'seenMs', number(now))
    if visit.stage == 'waiting' then redis.call('ZADD', key('due'), number(due_of(visit)), fence.visitId) end
    if not in_queue(visit) then at_desks[#at_desks + 1] = { visitId = fence.visitId, conn = fence.conn } end
  end
end
return answer({ atDesk = at_desks })
