/** How a Redis is started that forgets what it is told, as docs/operations.md has it and production asks for [M4]. */
export const FORGETS = [
  ...['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction', '--slowlog-max-len', '0'],
  ...['--crash-log-enabled', 'no', '--crash-memcheck-enabled', 'no'],
  ...['--repl-diskless-sync', 'yes', '--repl-diskless-load', 'swapdb', '--rdb-del-sync-files', 'yes'],
];
