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
];
