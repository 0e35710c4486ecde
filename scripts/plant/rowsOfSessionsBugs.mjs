/** What becomes of the rows of sessions, as only a whole history of lost answers and broken lines shows it. */
const accounts = 'server/src/accounts';
const tests = ['tests/wire/sessionHistory.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const rowsOfSessionsBugs = [
  {
    says: 'who uses a session is not heard to have its cookie',
    rules: ['A12', 'A30'],
    file: `${accounts}/heard.store.ts`,
    from: 'if (noted.has(binding)) return;',
    to: 'if (noted.has(binding) || binding) return;',
    tests,
  },
  {
    says: 'a cookie renews what was signed in anew in its place',
    rules: ['A12'],
    file: `${accounts}/renewal.store.ts`,
    from: '    if (row.kept.anew) return null;\n',
    to: '',
    tests,
  },
  {
    says: 'a renewal can be asked for again for as long as its row leads on',
    rules: ['A12'],
    file: `${accounts}/renewal.store.ts`,
    from: 'againMsOf(row, limits) <= nowMs()',
    to: 'againMsOf(row, limits) <= 0',
    tests,
  },
  {
    says: 'only the first of a line leads to what was signed in anew',
    rules: ['A11', 'A30'],
    file: `${accounts}/anew.store.ts`,
    from: '.filter((row) => !isAnothers(row)).map(',
    to: '.filter((row) => !isAnothers(row)).slice(0, 1).map(',
    tests,
  },
  {
    says: 'a sign-in anew at the moment of the sign-out ends with that',
    rules: ['N17', 'A30'],
    file: `${accounts}/ending.store.ts`,
    from: 'signedInMs(row) >= sinceMs)',
    to: 'signedInMs(row) > sinceMs)',
    tests,
  },
  {
    says: 'what leads to a session by two steps stays when that ends',
    rules: ['A30'],
    file: `${accounts}/sessionsEnded.store.ts`,
    from: 'for (const id of found.keys())',
    to: 'for (const id of [...found.keys()])',
    tests,
  },
];
