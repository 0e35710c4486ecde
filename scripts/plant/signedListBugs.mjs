/** In the list of sites that follows another, and in what it is signed from. */
const statement = ['tests/crypto/sites.test.ts'];
const list = 'shared/src/statement/sites.ts';

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
];
