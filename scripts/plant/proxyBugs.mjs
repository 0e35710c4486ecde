/** What stands between the network and the service: its own name, proxies, and requests that no page of ours sends. */
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
];
