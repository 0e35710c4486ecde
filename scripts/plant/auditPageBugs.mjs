const MODEL = 'console/src/model/audit.ts';
const page = ['tests/console/audit.test.tsx'];
const wire = ['tests/wire/audit.test.ts'];

/** The page of who did what. */
export const auditPageBugs = [
  {
    says: 'a counsellor reads who did what',
    rules: ['U22'],
    file: 'server/src/records/audit.http.ts',
    from: "!staff.roles.includes('coordinator')",
    to: 'staff.roles.length === 0',
    tests: wire,
  },
  {
    says: 'of a long log the oldest come',
    rules: ['U22'],
    file: 'server/src/records/audit.http.ts',
    from: 'log.entries.slice(earlier)',
    to: 'log.entries.slice(0, limits.auditShownMax)',
    tests: wire,
  },
  {
    says: 'the service says that a log holds of which it shows the good part',
    rules: ['U23'],
    file: 'server/src/records/audit.http.ts',
    from: 'whole: brokenAt(log) === null',
    to: 'whole: log.entries.length >= 0',
    tests: wire,
  },
  {
    says: 'the console believes the service that all is well',
    rules: ['U23'],
    file: MODEL,
    from: 'chain.at(-1) !== log.head || ',
    to: '',
    tests: page,
  },
  {
    says: 'a log that was written anew looks like any other',
    rules: ['U23'],
    file: MODEL,
    from: "canTell && !chain.includes(seen.head) ? 'gone' : null",
    to: 'null',
    tests: page,
  },
  {
    says: 'a broken log is remembered as the one that was seen',
    rules: ['U23'],
    file: MODEL,
    from: 'if (!broken) await',
    to: 'await',
    tests: page,
  },
  {
    says: 'what went with its age counts as taken out',
    rules: ['U23'],
    file: MODEL,
    from: ' && nowMs - seen.atMs < KEPT_MS',
    to: '',
    tests: page,
  },
  {
    says: 'the oldest act stands first',
    rules: ['U22'],
    file: MODEL,
    from: 'log.entries.map(rowOf).toReversed()',
    to: 'log.entries.map(rowOf)',
    tests: page,
  },
];
