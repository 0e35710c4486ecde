const HTTP = 'server/src/accounts/passwords.http.ts';
const OWN = 'server/src/accounts/ownPassword.http.ts';
const RULES = 'server/src/accounts/password.rules.ts';
const FEW = 'server/src/edge/fewAtOnce.ts';
const wire = ['tests/wire/passwords.test.ts'];
const few = ['tests/wire/fewAtOnce.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const passwordBugs = [
  {
    says: 'a code of the app counts as often as it is typed',
    rules: ['G16'],
    file: RULES,
    from: 'return step > after ? step : null;',
    to: 'return step;',
    tests: wire,
  },
  {
    says: 'codes of the app may be tried without an end',
    rules: ['G16'],
    file: HTTP,
    from: 'if (left > 1 && untilMs',
    to: 'if (untilMs',
    tests: wire,
  },
  {
    says: 'what makes the codes lies open in the records',
    rules: ['G16'],
    file: 'server/src/accounts/secrets.rules.ts',
    from: 'cipher.update(plain), cipher.final()',
    to: 'plain, cipher.final()',
    tests: wire,
  },
  {
    says: 'an account that is disabled gets in by its password',
    rules: ['G17'],
    file: HTTP,
    from: ' || !account || account.disabled) break;',
    to: ' || !account) break;',
    tests: wire,
  },
  {
    says: 'what can be no name is told apart from a wrong one',
    rules: ['G17'],
    file: HTTP,
    from: 'if (!said) return reply.code(403).send(NO); // what can be nobody',
    to: "if (!said) return reply.code(400).send({ code: 'malformed' }); // what can be nobody",
    tests: wire,
  },
  {
    says: 'wrong passwords of one name make nobody wait for more than a minute',
    rules: ['G18'],
    file: HTTP,
    from: 'const wrongNames = wrongTries({ firstMs: limits.wrongWaitMs, mostMs: limits.wrongPasswordWaitMsMax }',
    to: 'const wrongNames = wrongTries({ firstMs: limits.wrongWaitMs, mostMs: limits.wrongWaitMs * 8 }',
    tests: wire,
  },
  {
    says: 'a stranger who knows her name keeps her from showing again that it is she',
    rules: ['G18'],
    file: HTTP,
    from: 'const waitMs = wrongShowings.tryNow(account);',
    to: 'const waitMs = wrongNames.tryNow(found.password.login);',
    tests: ['tests/wire/stepUpByPassword.test.ts'],
  },
  {
    says: 'one address tries as many names as it likes',
    rules: ['G18'],
    file: HTTP,
    from: 'wrongTags.tryNow(tag) + wrongNames.tryNow(login)',
    to: 'wrongNames.tryNow(login)',
    tests: wire,
  },
  {
    says: 'who was wrong before goes before who was not',
    rules: ['G18'],
    file: FEW,
    from: 'other.rank > rank',
    to: 'other.rank < rank',
    tests: few,
  },
  {
    says: 'a queue of passwords grows without an end',
    rules: ['G18'],
    file: FEW,
    from: 'if (queue.length > queueMax)',
    to: 'if (queue.length > queueMax * 100)',
    tests: few,
  },
  {
    says: 'a password is kept before its first code was right',
    rules: ['G19'],
    file: OWN,
    from: 'if (step === null) {\n',
    to: 'if (step === 0) {\n',
    tests: wire,
  },
  {
    says: 'a password is made without her showing that it is she',
    rules: ['G19'],
    file: OWN,
    from: "if (!sessions.steppedUp(mine)) return reply.code(403).send({ code: 'step_up' });\n    const said",
    to: 'const said',
    tests: wire,
  },
  {
    says: 'a password that did not let in stays in its field',
    rules: ['G20'],
    file: 'console/src/ui/signin/Password.tsx',
    from: "kind === 'current-password' && password.current",
    to: "kind === 'new-password' && password.current",
    tests: ['tests/console/password.test.tsx'],
  },
  {
    says: 'a password is asked for where nobody may have one',
    rules: ['G20'],
    file: 'console/src/ui/signin/PasskeySignIn.tsx',
    from: '{model.passwords.value && by',
    to: '{by',
    tests: ['tests/console/password.test.tsx'],
  },
];
