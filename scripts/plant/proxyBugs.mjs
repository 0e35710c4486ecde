/** What stands between pages and the service: its name, proxies, requests that no page sends, and how long a page may be away. */
const edge = 'server/src/edge';
const vouched = ['tests/wire/vouched.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const proxyBugs = [
  {
    says: 'a plain request with the session of a WebSocket waits until it is given up',
    rules: ['N54'],
    file: `${edge}/io.ts`,
    from: "if (!isPoll(request)) return refuseRequest(response, 'malformed');",
    to: '',
    tests: vouched,
  },
  {
    says: 'a plain request with the session of a WebSocket keeps its connection for it',
    rules: ['N54'],
    file: `${edge}/io.ts`,
    from: "if (!isPoll(request)) return refuseRequest(response, 'malformed');",
    to: "if (!isPoll(request)) {\n        connections.vouch(request.socket);\n        return refuseRequest(response, 'malformed');\n      }",
    tests: vouched,
  },
  {
    says: 'the school’s page behind a proxy complains of hops that it never reads',
    rules: ['N53'],
    file: 'server/src/compose.ts',
    from: 'createAddresses({ hops: null, tagOf, log })',
    to: 'createAddresses({ hops: 0, tagOf, log })',
    tests: ['tests/wire/addresses.test.ts'],
  },
  {
    says: 'the school’s page without a proxy complains that there is none',
    rules: ['N53'],
    file: 'server/src/compose.ts',
    from: 'createAddresses({ hops: null, tagOf, log })',
    to: 'createAddresses({ hops: 1, tagOf, log })',
    tests: ['tests/wire/addresses.test.ts'],
  },
  {
    says: 'a tab forgets a visit at the moment at which a patient centre still has it',
    rules: ['L14'],
    file: 'shared/src/agreed.ts',
    from: 'awayMsMax: 1_860_000',
    to: 'awayMsMax: 1_800_000',
    tests: ['tests/limits.test.ts'],
  },
  {
    says: 'a centre may wait for a page for longer than its tab does',
    rules: ['L14'],
    file: 'server/src/centre/bounds.rules.ts',
    from: 'talkingKeepMs: [MINUTE, 30 * MINUTE]',
    to: 'talkingKeepMs: [MINUTE, 45 * MINUTE]',
    tests: ['tests/limits.test.ts'],
  },
];
