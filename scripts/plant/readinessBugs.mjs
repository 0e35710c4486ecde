const MODEL = 'console/src/model/readiness.ts';
const tests = ['tests/console/readiness.test.tsx'];

/** How far a centre is, above each page of the coordinator. */
export const readinessBugs = [
  {
    says: 'an issuer that was revoked still counts as somebody who can sign',
    rules: ['U44'],
    file: MODEL,
    from: '!revoked && active && endMs > nowMs',
    to: 'active && endMs > nowMs',
    tests,
  },
  {
    says: 'the warning goes while one coordinator alone can sign',
    rules: ['U44'],
    file: MODEL,
    from: 'if (signers.size > 1) return null;',
    to: 'if (signers.size > 0) return null;',
    tests,
  },
  {
    says: 'hours that nobody saved count as chosen',
    rules: ['U43'],
    file: MODEL,
    from: 'return rev > 0 && (week',
    to: 'return (week',
    tests,
  },
  {
    says: 'the steps stay when all are done',
    rules: ['U43'],
    file: 'console/src/ui/ReadinessCard.tsx',
    from: 'if (open.length === 0) return null;',
    to: '',
    tests,
  },
  {
    says: 'what was known before stands there while the service is silent',
    rules: ['U45'],
    file: MODEL,
    from: 'if (isLatest()) shown.value = found;',
    to: 'if (isLatest() && found) shown.value = found;',
    tests,
  },
  {
    says: 'an answer of before takes the place of the one of now',
    rules: ['U45'],
    file: MODEL,
    from: 'if (isLatest()) shown.value = found;',
    to: 'shown.value = found;',
    tests,
  },
  {
    says: 'what was well before a change is well after it',
    rules: ['U45'],
    file: MODEL,
    from: 'if (isLatest()) well =',
    to: 'well =',
    tests,
  },
  {
    says: 'after a change the steps are those of before it',
    rules: ['U45', 'U44', 'U43'],
    file: 'console/src/readiness.tsx',
    from: "if (answer.ok && init?.method && init.method !== 'GET') void readiness.look(true);",
    to: '',
    tests,
  },
  {
    says: 'an issuer of somebody who is no coordinator any more counts',
    rules: ['U44'],
    file: 'server/src/accounts/devices.http.ts',
    from: "const active = person?.disabled === false && person.roles.includes('coordinator');",
    to: 'const active = person !== undefined;',
    tests: ['tests/wire/enrolment.test.ts'],
  },
];
