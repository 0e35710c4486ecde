#!lua flags=allow-oom
-- records/remove: a write that only takes away, which a full store does as well. Rules A1 A2 A5 A11.
-- input and reply as write
-- @include records/change
