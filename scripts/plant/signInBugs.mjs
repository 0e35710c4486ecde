const HTTP = 'server/src/accounts/stepUp.http.ts';
const MODEL = 'console/src/model/stepUp.ts';
const DIALOG = 'console/src/ui/StepUpDialog.tsx';
const wire = ['tests/wire/stepUpByPassword.test.ts'];
const page = ['tests/console/stepUp.test.tsx'];

/** Signing in, and going on, by what somebody has. @type {import('./bugs.mjs').Bug[]} */
export const signInBugs = [
  {
    says: 'a password that she does not have is asked for',
    rules: ['G38', 'G40'],
    file: HTTP,
    from: 'passwords && hasPassword',
    to: 'passwords',
    tests: wire,
  },
  {
    says: 'who came by a password is asked for a passkey first',
    rules: ['G38'],
    file: HTTP,
    from: 'Number(b === mine.method) - Number(a === mine.method)',
    to: '0 * (Number(a === mine.method) - Number(b === mine.method))',
    tests: wire,
  },
  {
    says: 'the window opens at the last of her ways',
    rules: ['G38'],
    file: MODEL,
    from: 'by: found.ways[0] ?? null',
    to: 'by: found.ways.at(-1) ?? null',
    tests: page,
  },
  {
    says: 'a code that did not count stays in its field',
    rules: ['G38'],
    file: DIALOG,
    from: "    if (code.current) code.current.value = '';\n",
    to: '',
    tests: page,
  },
  {
    says: 'the focus falls out of the window with the button of another way',
    rules: ['G38'],
    file: DIALOG,
    from: "              document.getElementById('dialog-title')?.focus(); // before the button goes that has the focus [D38]\n",
    to: '',
    tests: page,
  },
  {
    says: 'her desk waits while she types',
    rules: ['G39'],
    file: 'console/src/model/session.ts',
    from: 'ports.stay ? ports.stay() : goOn',
    to: 'ports.stay ? goOn(ports.stay().then(() => null)) : goOn',
    tests: ['tests/console/staying.test.tsx'],
  },
  {
    says: 'her desk does not hear of the session that a page of hers needed',
    rules: ['G39'],
    file: 'console/src/model/session.ts',
    from: 'renewed?.binding ?? null',
    to: 'renewed ? null : null',
    tests: ['tests/console/staying.test.tsx'],
  },
  {
    says: 'who has neither passkey nor password reads nothing',
    rules: ['G40'],
    file: DIALOG,
    from: 'ways?.length === 0 && ',
    to: 'ways?.length === 9 && ',
    tests: page,
  },
  {
    says: 'the picture for her app has too little room around it',
    rules: ['G41'],
    file: 'console/src/ui/signin/SeedCode.tsx',
    from: 'border: QUIET });',
    to: 'border: QUIET / 4 });',
    tests: ['tests/console/password.test.tsx'],
  },
  {
    says: 'a password that many people have is taken',
    rules: ['G42'],
    file: 'server/src/accounts/password.rules.ts',
    from: "if (COMMON_PASSWORDS.has(password.toLowerCase())) return 'common';",
    to: "if (COMMON_PASSWORDS.has(password.toUpperCase())) return 'common';",
    tests: ['tests/wire/passwords.test.ts'],
  },
  {
    says: 'her own name with a year is a password',
    rules: ['G42'],
    file: 'server/src/accounts/password.rules.ts',
    from: '(beside(password, named) ?? OWN_CHARS_MIN) < OWN_CHARS_MIN',
    to: '(beside(password, named) ?? OWN_CHARS_MIN) < 1',
    tests: ['tests/wire/passwords.test.ts'],
  },
  {
    says: 'what is wrong with a new password is said at the name',
    rules: ['G42'],
    file: 'console/src/ui/signin/Password.tsx',
    from: '        at={at}\n',
    to: '',
    tests: ['tests/console/password.test.tsx'],
  },
];
