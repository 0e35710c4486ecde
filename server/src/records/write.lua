#!lua
-- records/write: all changes and the entry of the audit log, or nothing. Rules A1 A2 A4 A5.
-- input  version, changes: list of {kind id rev endMs text?}, entry?: {text after digest}
-- reply  written {rev} | stale {at} | moved | outdated        (only written writes)
-- @include records/change
