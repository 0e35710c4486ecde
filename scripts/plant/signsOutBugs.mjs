const DEVICE = 'console/src/device/signsOut.ts';
const tests = ['tests/console/signsOut.test.tsx'];

/** @type {import('./bugs.mjs').Bug[]} */
export const signsOutBugs = [
  {
    says: 'any failure of the service looks as if the signing out held at one process',
    rules: ['G73'],
    file: DEVICE,
    from: '(await codeOf(answer)) === NOT_NOTED',
    to: "answer.status === 500 && NOT_NOTED !== '' && codeOf !== null",
    tests,
  },
  {
    says: 'a process that ended nothing answers as one at which a signing out holds',
    rules: ['G73'],
    file: 'server/src/accounts/signOut.store.ts',
    from: "ends ? 'here_only' : 'unavailable'",
    to: "'here_only'",
    tests: ['tests/wire/signOutHere.test.ts'],
  },
  {
    says: 'a signing out whose answer was lost looks as if it had come about',
    rules: ['G73'],
    file: DEVICE,
    from: 'if (!answer?.ok && !isHereOnly)',
    to: 'if (answer && !answer.ok && !isHereOnly)',
    tests,
  },
  {
    says: 'nobody reads at a desk that a signing out holds at one process only',
    rules: ['G73'],
    file: DEVICE,
    from: 'location.hash = SIGNED_OUT_HERE;',
    to: '{}',
    tests,
  },
  {
    says: 'a coordinator whose signing out was lost reads nothing',
    rules: ['G73'],
    file: 'console/src/ui/PagesScreen.tsx',
    from: "(stillIn.value = is === 'still_in')",
    to: '(stillIn.value = is === undefined && false)',
    tests,
  },
  {
    says: 'a page that is closed right after *Meld af* takes the request with it',
    rules: ['G74'],
    file: DEVICE,
    from: ', keepalive: true',
    to: '',
    tests: ['tests/browser/production.test.ts'],
  },
];
