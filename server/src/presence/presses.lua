-- @include live/fences
-- Presses of a desk that were heard: twin of pressedBefore (presence.model.ts). Kept as text: id:untilMs,id:untilMs

local function pressed_before(desk, id)
  local list = {}
  for press, untilMs in string.gmatch(desk.presses or '', '([^:,]+):(%d+)') do
    if tonumber(untilMs) > now then
      if press == id then return true end
      list[#list + 1] = press .. ':' .. untilMs
    end
  end
  list[#list + 1] = id .. ':' .. number(now + cfg.requestReplayMs)
  while #list > cfg.pressesMax do table.remove(list, 1) end
  put_desk(desk, { presses = table.concat(list, ',') })
  return false
end
