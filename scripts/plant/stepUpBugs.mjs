const STORE = 'server/src/accounts/sessions.store.ts';
const RENEWAL = 'server/src/accounts/renewal.store.ts';
const HTTP = 'server/src/accounts/stepUp.http.ts';
const MODEL = 'console/src/model/stepUp.ts';
const wire = ['tests/wire/stepUp.test.ts'];
const page = ['tests/console/stepUp.test.tsx'];

/** @type {import('./bugs.mjs').Bug[]} */
export const stepUpBugs = [
  {
    says: 'that she has shown that it is she counts for ever',
    rules: ['G13'],
    file: STORE,
    from: ' && nowMs() - (dueMs - limits.sessionMs) < limits.stepUpMs',
    to: '',
    tests: wire,
  },
  {
    says: 'a recovery code shows that it is she',
    rules: ['G13'],
    file: STORE,
    from: 'mayCount(method) && ',
    to: '',
    tests: wire,
  },
  {
    says: 'another account’s passkey shows that it is she',
    rules: ['G14'],
    file: RENEWAL,
    from: ' || shown?.account !== found.row.kept.account',
    to: ' || !shown',
    tests: wire,
  },
  {
    says: 'what was shown is not written with the session: a copy of a passkey counts',
    rules: ['G14'],
    file: RENEWAL,
    from: '[...shown, { ...old',
    to: '[{ ...old',
    tests: wire,
  },
  {
    says: 'a question that was asked of another session counts',
    rules: ['G14'],
    file: HTTP,
    from: '`showing again at ${binding}`',
    to: '`showing again at ${binding.slice(43)}`',
    tests: wire,
  },
  {
    says: 'an answer that showed that it is she shows it once more',
    rules: ['G14'],
    file: HTTP,
    from: 'found && (await answer.counts()) ?',
    to: 'found ?',
    tests: wire,
  },
  {
    says: 'who came by a code may show that it is she',
    rules: ['G13'],
    file: RENEWAL,
    from: "found && found.row.kept.method !== 'code' ? found.row",
    to: 'found ? found.row',
    tests: wire,
  },
  {
    says: 'after it was shown nothing is done',
    rules: ['G15'],
    file: MODEL,
    from: "if (!(await shown())) return 'given_up';",
    to: "await shown();\n        return 'given_up';",
    tests: page,
  },
  {
    says: 'who went away is taken for who has shown it',
    rules: ['G15'],
    file: MODEL,
    from: 'giveUp: () => settle(false)',
    to: 'giveUp: () => settle(true)',
    tests: page,
  },
  {
    says: 'two presses ask twice',
    rules: ['G15'],
    file: MODEL,
    from: 'if (!at || at.busy) return;',
    to: 'if (!at) return;',
    tests: page,
  },
  {
    says: 'who is in by a passkey is not warned of the end',
    rules: ['G14'],
    file: 'console/src/model/gettingIn.ts',
    from: '    lasts(me.leftMs);\n',
    to: '',
    tests: ['tests/console/gettingIn.test.tsx'],
  },
  {
    says: 'who passes by an open console makes a passkey of her own there',
    rules: ['G9', 'G13'],
    file: 'server/src/accounts/passkeys.http.ts',
    from: "mine.method === 'code' || sessions.steppedUp(mine)",
    to: "mine.method !== 'demo'",
    tests: ['tests/wire/openConsole.test.ts'],
  },
  {
    says: 'who chose not now reads that it failed',
    rules: ['G65'],
    file: 'console/src/ui/StaySignedIn.tsx',
    from: 'ok === null ? null : { ok, atMs: clock.peek() }',
    to: '{ ok: ok === true, atMs: clock.peek() }',
    tests: ['tests/console/staying.test.tsx'],
  },
  {
    says: 'not now counts as a failure of the session',
    rules: ['G65'],
    file: 'console/src/model/session.ts',
    from: '(await ports.stay()) || null',
    to: 'ports.stay()',
    tests: ['tests/console/staying.test.tsx'],
  },
];
