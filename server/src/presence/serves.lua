#!lua
-- presence/serves: whom she is rung for from the next offer on; what rings goes on ringing. Rule R13.
-- input  account, seat, serves: null for everybody, requestId
-- reply  set + changed | replaced | lost
-- @include presence/presses
-- @include presence/view

local desk, no = at_desk(input)
if not desk then return refuse(no) end
if pressed_before(desk, input.requestId) then return changed({ is = 'set' }) end
put_desk(desk, { serves = kept_choice(input.serves) })
freed = true
return changed({ is = 'set' })
