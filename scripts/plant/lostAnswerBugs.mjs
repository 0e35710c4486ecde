/** Answers that were lost, and answers that come too late. */
const line = ['tests/wire/lineEnds.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const lostAnswerBugs = [
  {
    says: 'who signs out by the cookie before a lost renewal stays signed in by the next',
    rules: ['A30'],
    file: 'server/src/demo/signIn.http.ts',
    from: ' || (await sessions.hasHeir(binding))',
    to: '',
    tests: line,
  },
  {
    says: 'who signs out by the cookie before a lost step-up stays signed in by the next',
    rules: ['A30'],
    file: 'server/src/accounts/passkeys.http.ts',
    from: ' || (await sessions.hasHeir(binding))',
    to: '',
    tests: line,
  },
  {
    says: 'what took the place of a session outlives its end',
    rules: ['A30'],
    file: 'server/src/accounts/sessions.store.ts',
    from: 'whole ? undefined : 1',
    to: '1',
    tests: [...line, 'tests/redis/sessions.test.ts'],
  },
  {
    says: 'a session that was renewed since she read of it cannot be ended',
    rules: ['A30'],
    file: 'server/src/accounts/ownSessions.store.ts',
    from: ': digestOf(found.session.binding) === which.id;',
    to: ': digestOf(found.session.binding) === which.id && isLast(found);',
    tests: line,
  },
];
