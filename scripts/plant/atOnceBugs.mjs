// @ts-check
/** What many ask at the same moment, and what one way to sign in finds of another. */
const accounts = 'server/src/accounts';
const tests = ['tests/records/atOnce.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const atOnceBugs = [
  {
    says: 'as many computers of one person ask as do at the same moment',
    rules: ['G55'],
    file: `${accounts}/asks.store.ts`,
    from: '...beyond.map(goneOf), turn, ...by], null)',
    to: '...beyond.map(goneOf), ...by], turn.rev < 0 ? null : null)',
    tests,
  },
  {
    says: 'as many devices of one person are signed as are at the same moment',
    rules: ['G55'],
    file: `${accounts}/devices.store.ts`,
    from: '...(found ? [] : [turn]),',
    to: '...(turn ? [] : []),',
    tests,
  },
  {
    says: 'who links two accounts at the same moment has both',
    rules: ['G55'],
    file: `${accounts}/identities.store.ts`,
    from: '          turn,\n',
    to: '          ...(turn ? [] : []),\n',
    tests,
  },
  {
    says: 'a browser that began to sign in by passkey breaks the way back from a provider',
    rules: ['G31'],
    file: `${accounts}/provider.http.ts`,
    from: '  v.parseJson(),',
    to: '  v.transform((text): unknown => JSON.parse(text)),',
    tests: ['tests/wire/provider.test.ts'],
  },
  {
    says: 'as many sign-ins are kept as anybody begins',
    rules: ['G57'],
    file: 'server/src/edge/begun.ts',
    from: 'const place = crowd.enter(tag, forgets);',
    to: 'const place = crowd.enter(tag, () => undefined);',
    tests: ['tests/wire/begun.test.ts'],
  },
  {
    says: 'a sign-in that nobody ended has its place for ever',
    rules: ['G57'],
    file: 'server/src/edge/begun.ts',
    from: 'timers.after(pendingMs, () => place.leave());',
    to: 'timers.after(pendingMs * 9, () => place.leave());',
    tests: ['tests/wire/begun.test.ts'],
  },
];
