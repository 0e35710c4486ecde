#!lua flags=no-writes
-- conversation/since: frames after seq, as many as fit one answer; diverged when the one at seq is another. Rules C1 V2.
-- input  a fence with side, seq, id (may be missing)
-- reply  since {since: {frames{seq frame agoS} from last more} | {diverged last}} | stage | a fence's word
-- @include conversation/opened

local visit, no = fenced(input)
if not visit then return refuse(no) end
if input.side == 'c' and not at_a_desk(visit) then return refuse('stage') end
local log, last, seq = key('f', visit.visitId), visit.seq, input.seq

local function entry(raw)
  local found = { seq = tonumber(string.match(raw[1], '^%d+')) }
  for i = 1, #raw[2], 2 do found[raw[2][i]] = raw[2][i + 1] end
  return found
end
local function one(from, to)
  local raw = redis.call('XRANGE', log, from, to, 'COUNT', 1)[1]
  return raw and entry(raw)
end

local there = one(number(seq) .. '-0', number(seq) .. '-0')
if seq > last or (input.id and there and there.i ~= input.id) then
  return answer({ is = 'since', since = { diverged = true, last = last } })
end

local frames, chars, newest, from = {}, 0, last, number(seq)
repeat
  local page, full = redis.call('XRANGE', log, '(' .. from .. '-0', '+', 'COUNT', 16), false
  for _, raw in ipairs(page) do
    local each = entry(raw)
    chars = chars + #each.f
    full = #frames > 0 and chars > cfg.listCharsMax
    if full then break end
    frames[#frames + 1] = { seq = each.seq, frame = each.f, agoS = math.floor((now - tonumber(each.t)) / 1000) }
    newest, from = each.seq, number(each.seq)
  end
until full or #page < 16

local first = one('-', '+')
return answer({ is = 'since', since = {
  frames = frames, from = first and first.seq or last + 1, last = last, more = newest < last,
} })
