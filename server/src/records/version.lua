#!lua flags=no-writes
-- records/version: how the records are laid out, and the end of their log. Rule A5.
-- reply  version: '' where nothing is kept yet; head
-- @include records/base

local version = redis.call('HGET', C .. 'about', 'version')
if not version then version = redis.call('EXISTS', KEYS[1] .. ':settings') == 1 and '1' or '' end
return answer({ version = version, head = head() })
