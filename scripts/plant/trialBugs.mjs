/** In what a trial of the program by its users, in the engines of three browsers, brought to light. */
const web = ['tests/wire/web.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const trialBugs = [
  {
    says: 'Snel weg is heard from no page that names no referrer',
    rules: ['N46'],
    file: 'server/src/edge/admit.ts',
    from: "if (origin !== undefined && origin !== 'null') return",
    to: 'if (origin !== undefined) return',
    tests: web,
  },
  {
    says: 'Snel weg is heard from no browser that does not know Sec-Fetch-Site',
    rules: ['N46'],
    file: 'server/src/edge/admit.ts',
    from: "site === 'same-origin' || (site === undefined && origin === 'null')",
    to: "site === 'same-origin'",
    tests: web,
  },
  {
    says: 'a page without an origin on another site says goodbye for a visitor',
    rules: ['N7'],
    file: 'server/src/edge/admit.ts',
    from: "site === 'same-origin' || (site === undefined && origin === 'null')",
    to: "site === 'same-origin' || origin === 'null'",
    tests: web,
  },
  {
    says: 'no counsellor signs in whose browser does not know Sec-Fetch-Site',
    rules: ['N47'],
    file: 'server/src/demo/signIn.http.ts',
    from: "headers['sec-fetch-site'] ?? 'same-origin'",
    to: "headers['sec-fetch-site']",
    tests: web,
  },
  {
    says: 'a page of another site signs a counsellor in where its browser says so',
    rules: ['N47'],
    file: 'server/src/demo/signIn.http.ts',
    from: "site === 'same-origin' && ",
    to: '',
    tests: web,
  },
];
