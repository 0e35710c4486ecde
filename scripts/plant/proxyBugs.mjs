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
];
