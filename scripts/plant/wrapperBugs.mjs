/** Between the scripts and everybody else. */
const twins = ['tests/redis/contract.test.ts', 'tests/redis/corners.test.ts', 'tests/redis/model.test.ts'];
const full = ['tests/redis/full.test.ts'];
const failure = ['tests/redis/failure.test.ts'];
const connect = ['tests/redis/connect.test.ts'];
const turns = ['tests/redis/turns.test.ts'];

const redis = 'server/src/redis';

/** @type {import('./bugs.mjs').Bug[]} */
export const wrapperBugs = [
  {
    says: 'a restarted Redis is never taught its scripts again',
    rules: ['M2'],
    file: `${redis}/script.ts`,
    from: "if (!says(error, 'NOSCRIPT')) throw error;",
    to: 'if (error) throw error;',
    tests: failure,
  },
  {
    says: 'a word that nobody knows passes',
    rules: ['M2'],
    file: `${redis}/script.ts`,
    from: 'if (!fits) throw',
    to: 'if (!output) throw',
    tests: failure,
  },
  {
    says: 'a full store counts as a bug of ours',
    rules: ['M1'],
    file: `${redis}/script.ts`,
    from: "return ours ? new Bug('a script failed', { cause }) : new Problem('unavailable', { cause });",
    to: "return new Bug('a script failed', { cause });",
    tests: full,
  },
  {
    says: 'an empty list arrives as a record',
    rules: ['V7'],
    file: `${redis}/script.ts`,
    from: "  'hints',\n",
    to: '',
    tests: twins,
  },
  {
    says: 'a connection that went never comes back',
    rules: ['M2'],
    file: `${redis}/client.ts`,
    from: '    fromNowOn(redis);\n',
    to: '',
    tests: failure,
  },
  {
    says: 'a Redis that hangs is waited for',
    rules: ['M2'],
    file: `${redis}/client.ts`,
    from: 'commandTimeout: ANSWER_MS_MAX',
    to: 'commandTimeout: 10 * ANSWER_MS_MAX',
    tests: failure,
  },
  {
    says: 'any release of Redis will do',
    rules: ['M3'],
    file: `${redis}/server.ts`,
    from: 'if (Number(version[1]) < VERSION_MIN) {',
    to: 'if (Number(version[1]) < 1) {',
    tests: connect,
  },
  {
    says: 'conversations are written to a disk in production',
    rules: ['M4'],
    file: `${redis}/keeping.ts`,
    from: "appendonly: ['no']",
    to: "appendonly: ['yes']",
    tests: connect,
  },
  {
    says: 'a replica keeps halves of keys on its disk',
    rules: ['K7', 'M4'],
    file: `${redis}/keeping.ts`,
    from: "'repl-diskless-load': ['swapdb', 'flush-before-load'],\n  'rdb-del-sync-files': ['yes'],",
    to: "'repl-diskless-load': ['disabled'],\n  'rdb-del-sync-files': ['no'],",
    tests: ['tests/redis/replica.test.ts'],
  },
  {
    says: 'one server holds what is forgotten and what is kept',
    rules: ['M4'],
    file: `${redis}/connect.ts`,
    from: 'live.runId === records.runId',
    to: 'live === records',
    tests: connect,
  },
  {
    says: 'what was asked later is written first',
    rules: ['C1'],
    file: `${redis}/turns.ts`,
    from: 'waiting.splice(0, fitting())',
    to: 'waiting.splice(-fitting())',
    tests: turns,
  },
  {
    says: 'one call carries all that there is',
    rules: ['M2'],
    file: `${redis}/turns.ts`,
    from: 'count === bounds.eachMax ||',
    to: 'count < 0 ||',
    tests: turns,
  },
  {
    says: 'a store that does not keep up is waited for without end',
    rules: ['M2'],
    file: `${redis}/turns.ts`,
    from: 'waitingChars + chars > bounds.waitingCharsMax',
    to: 'waitingChars < 0',
    tests: turns,
  },
  {
    says: 'every stored frame counts as a message',
    rules: ['R8'],
    file: 'server/src/conversation/conversation.redis.ts',
    from: 'KINDS.get(header.type)!',
    to: "'message'",
    tests: twins,
  },
];
