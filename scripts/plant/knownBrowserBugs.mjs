const KNOWN = 'server/src/accounts/known.rules.ts';
const wire = ['tests/wire/knownBrowsers.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const knownBrowserBugs = [
  {
    says: 'each way to spell what a browser is known by is a browser of its own',
    rules: ['G70'],
    file: KNOWN,
    from: "if (value === null || bytes.toString('base64url') !== value) return null;",
    to: 'if (value === null) return null;',
    tests: wire,
  },
  {
    says: 'a copy of what a browser is known by has no end',
    rules: ['G70'],
    file: KNOWN,
    from: 'one.endS > nowS() && ',
    to: '',
    tests: wire,
  },
  {
    says: 'who once had her password is known after it is another',
    rules: ['G70'],
    file: KNOWN,
    from: '.equals(password),',
    to: '.equals(password) || true,',
    tests: wire,
  },
  {
    says: 'who signs in at a shared computer takes from her colleague what she is known by',
    rules: ['G70'],
    file: KNOWN,
    from: '(hers ?? first)?.name ?? KNOWN[0]',
    to: 'KNOWN[0]',
    tests: wire,
  },
];
