/** In the list of sites that follows another, and in what it is signed from. */
const statement = ['tests/crypto/sites.test.ts'];
const list = 'shared/src/statement/sites.ts';

const model = 'console/src/model/sites';
const holds = ['tests/sites/believed.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const signedListBugs = [
  {
    says: 'a list of sites with the greatest number is never followed by another',
    rules: ['U70'],
    file: list,
    from: ' || says.rev > says.iat',
    to: '',
    tests: statement,
  },
  {
    says: 'the list after one of the latest second that may be cannot be signed',
    rules: ['U70'],
    file: list,
    from: 'const iat = Math.max(rev, Math.floor(nowMs / 1_000));',
    to: 'const iat = Math.floor(nowMs / 1_000);',
    tests: statement,
  },
  {
    says: 'a page that the service slips in after her press is signed',
    rules: ['U71'],
    file: `${model}/believed.ts`,
    from: 'if (rev < seen || !sameOrigins(sites, says.sites))',
    to: 'if (rev < seen)',
    tests: holds,
  },
  {
    says: 'the console goes back to a list from before the one that it saw',
    rules: ['U71'],
    file: `${model}/believed.ts`,
    from: 'rev < seen || ',
    to: '',
    tests: holds,
  },
  {
    says: 'a snippet is given away beside whatever pins the service names',
    rules: ['U72'],
    file: `${model}/believed.ts`,
    from: ' || !samePins(says.pins, pins)',
    to: '',
    tests: holds,
  },
  {
    says: 'a school loads its script from wherever the service says',
    rules: ['U72'],
    file: `${model}/believed.ts`,
    from: ' || says.chat !== own.chat',
    to: '',
    tests: holds,
  },
  {
    says: 'a service that says that nobody signs is believed for what it names',
    rules: ['U72'],
    file: `${model}/believed.ts`,
    from: 'own.demo && says.signed === null',
    to: 'says.signed === null',
    tests: ['tests/console/sitesPage.test.tsx'],
  },
  {
    says: 'the answer of a computer without a network says only one root',
    rules: ['U72'],
    file: 'shared/src/statement/issuerRequest.ts',
    from: ', ...both }',
    to: ' }',
    tests: ['tests/roots/clbchatKeys.test.ts'],
  },
];
