-- @include live/moves
-- Who may act on a visit: twins of asVisitor and asDesk (visit/visit.model.ts) and of atDesk (presence). Each gives the
-- record, or nil and the word of the refusal.
local function as_visitor(fence)
  local visit = visit_of(fence.visitId)
  if not visit then return nil, 'lost' end
  if visit.conn ~= fence.conn or visit.dropMs > 0 then return nil, 'replaced' end
  return visit
end
local function at_desk(fence)
  local desk = desk_of(fence.account)
  if not desk then return nil, 'lost' end
  if desk.seat ~= fence.seat then return nil, 'replaced' end
  return desk
end
local function as_desk(fence)
  local desk, no = at_desk(fence)
  if not desk then return nil, no end
  local visit = visit_of(fence.visitId)
  if not visit then return nil, 'lost' end
  if visit.holder ~= fence.account or visit.hold ~= fence.hold then return nil, 'not_yours' end
  return visit
end
local function fenced(fence)
  if fence.side == 'v' then return as_visitor(fence) end
  return as_desk(fence)
end
