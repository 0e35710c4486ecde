/** Where an answer is not waited for, or what was looked at is another one by the time that something is written. */
/** @type {import('./bugs.mjs').Bug[]} */
export const unheardBugs = [
  {
    says: 'a press of the set-up goes on beside an issuer that nobody heard to be taken off the record',
    rules: ['O65'],
    file: 'console/src/model/team/keeping.ts',
    from: "if (!answer.ok && answer.why !== 'gone') return answer;",
    to: '',
    tests: ['tests/console/keeping.test.ts'],
  },
  {
    says: 'what a set-up kept is taken off the record by the next one',
    rules: ['O65'],
    file: 'console/src/model/team/keeping.ts',
    from: 'owed.clear();',
    to: '',
    tests: ['tests/console/keeping.test.ts'],
  },
  {
    says: 'an issuer is forgotten because the service did not hear its store',
    rules: ['O66'],
    file: 'console/src/model/devices.ts',
    from: "(answer.why === 'unreachable' || answer.why === 'unavailable')",
    to: "answer.why === 'unreachable'",
    tests: ['tests/console/lostIssuer.test.ts'],
  },
  {
    says: 'another issuer is made though nobody heard that the one before it was revoked',
    rules: ['O66'],
    file: 'console/src/model/team/devices.ts',
    from: '!(await takeOff(before.issuer))',
    to: '((await takeOff(before.issuer)), false)',
    tests: ['tests/console/lostIssuer.test.ts'],
  },
  {
    says: 'an issuer is forgotten because its second post was refused',
    rules: ['O66'],
    file: 'console/src/model/team/devices.ts',
    from: "unheard = isAgain ? { issuer, is: 'refused' } : null;",
    to: 'unheard = null;',
    tests: ['tests/console/lostIssuer.test.ts'],
  },
  {
    says: 'an issuer that this browser could not keep is forgotten where its revocation was lost',
    rules: ['O66'],
    file: 'console/src/model/team/devices.ts',
    from: "    unheard = { issuer, is: 'refused' };\n    await takeOff(issuer);",
    to: '    await takeOff(issuer);',
    tests: ['tests/console/lostIssuer.test.ts'],
  },
];
