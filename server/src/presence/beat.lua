#!lua flags=allow-oom
-- presence/beat: signs of life of many consoles; older seats are passed over. Works in a full store, or every
-- conversation would be released while it is full.
-- input  desks: list of {account seat}
-- reply  changed
-- @include presence/view

for _, fence in ipairs(input.desks) do
  local desk = at_desk(fence)
  if desk and desk.status ~= 'offline' then
    if now - desk.beatMs > cfg.pulseLateMs then freed = true end
    put_desk(desk, { beatMs = now })
    peers_back(desk)
  end
end
return changed({})
