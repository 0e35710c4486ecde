const wire = ['tests/wire/idle.test.ts'];
const STORE = 'server/src/accounts/sessions.store.ts';
const RENEWAL = 'server/src/accounts/renewal.store.ts';
const MODEL = 'server/src/presence/presence.model.ts';
const twins = ['tests/store/memory.test.ts', 'tests/redis/contract.test.ts'];

/** Sessions at which nobody is. */
export const idleBugs = [
  {
    says: 'a session lives its ten hours, whether anybody is there or not',
    rules: ['A14'],
    file: STORE,
    from: 'if ((await isIdle(binding)) || (await isDue(session)))',
    to: 'if (await isDue(session))',
    tests: wire,
  },
  {
    says: 'who was away for half an hour renews her session',
    rules: ['A14'],
    file: RENEWAL,
    from: 'isClosed(binding) || (await isIdle(binding))',
    to: 'isClosed(binding)',
    tests: wire,
  },
  {
    says: 'who signs in and never comes back stays in for ten hours',
    rules: ['A14'],
    file: RENEWAL,
    from: '    await isIdle(opened.session.binding); // its first sign\n',
    to: '',
    tests: wire,
  },
  {
    says: 'nobody takes away what is idle until it is asked for',
    rules: ['A14'],
    file: 'server/src/accounts/staff.job.ts',
    from: '    await sessions.endIdle();\n',
    to: '',
    tests: wire,
  },
  {
    says: 'a live store that does not answer puts everybody out',
    rules: ['A14'],
    file: STORE,
    from: 'if (error instanceof Problem) return false;\n        throw error;\n      },\n    );',
    to: 'if (error instanceof Problem) return true;\n        throw error;\n      },\n    );',
    tests: wire,
  },
  {
    says: 'in memory a sign that comes too late counts',
    rules: ['A14'],
    file: MODEL,
    from: 'if (last !== undefined && now - last >= limits.sessionIdleMs) return false;',
    to: '',
    tests: twins,
  },
  {
    says: 'in memory a session is idle a millisecond late',
    rules: ['A14'],
    file: MODEL,
    from: 'filter(([, last]) => now - last >= limits.sessionIdleMs)',
    to: 'filter(([, last]) => now - last > limits.sessionIdleMs)',
    tests: twins,
  },
  {
    says: 'on Redis a sign that comes too late counts',
    rules: ['A14'],
    file: 'server/src/presence/awake.lua',
    from: ">= cfg.sessionIdleMs then return answer({ is = 'idle' }) end",
    to: ">= cfg.sessionIdleMs then local _ = 'idle' end",
    tests: twins,
  },
  {
    says: 'on Redis what is over is found idle for ever',
    rules: ['A14'],
    file: 'server/src/presence/idle.lua',
    from: "redis.call('ZREM', key('awake'), session)",
    to: 'local _ = session',
    tests: twins,
  },
  {
    says: 'who comes back after half an hour reads nothing of it',
    rules: ['A14'],
    file: 'console/src/model/session.ts',
    from: "nl.signIn[awayMs < limits.sessionIdleMs ? 'expired' : 'idle']",
    to: 'nl.signIn.expired',
    tests: ['tests/console/session.test.tsx'],
  },
  {
    says: 'whose computer slept is taken for somebody who was there',
    rules: ['A14'],
    file: 'console/src/model/expiry.ts',
    from: ' && nowMs - lookedMs < SLEPT_MS',
    to: '',
    tests: ['tests/console/session.test.tsx'],
  },
  {
    says: 'after a loss of the live store nobody who stays away is ever away for long',
    rules: ['A14'],
    file: STORE,
    from: 'await presence.idle({ there, over: [] })',
    to: 'await presence.idle({ there: [], over: [] })',
    tests: wire,
  },
  {
    says: 'on Redis a session that is found without a sign gets none',
    rules: ['A14'],
    file: 'server/src/presence/idle.lua',
    from: "zadd(key('awake'), number(now), session)",
    to: 'local _ = session',
    tests: twins,
  },
];
