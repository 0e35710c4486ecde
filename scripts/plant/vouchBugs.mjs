/** Whose connections and turns are whose: polls, turns of an address, who is away, and what the service calls itself. */
const edge = 'server/src/edge';
const turns = ['tests/wire/turns.test.ts'];
const vouched = ['tests/wire/vouched.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const vouchBugs = [
  {
    says: 'connections of a session are its own as long as they stay, however many it used',
    rules: ['N25', 'N50'],
    file: `${edge}/polls.ts`,
    from: '      own.get(method)?.();\n',
    to: '',
    tests: vouched,
  },
  {
    says: 'whatever names a session of somebody is its own, though it is refused',
    rules: ['N25', 'N50'],
    file: `${edge}/io.ts`,
    from: "      inner.emit('request', request, response);",
    to: "      if (sid !== null) connections.vouch(request.socket);\n      inner.emit('request', request, response);",
    tests: vouched,
  },
  {
    says: 'a request that a WebSocket never answers is its own',
    rules: ['N25', 'N50'],
    file: `${edge}/polls.ts`,
    from: "  if (transport.name !== 'polling') return; // a WebSocket is vouched for when it opens\n",
    to: "  if (transport.name !== 'polling') {\n    transport.onRequest = ({ socket }) => void connections.vouch(socket);\n    return;\n  }\n",
    tests: vouched,
  },
  {
    says: 'a session has one connection, and what it sends leaves the poll that waits to others',
    rules: ['N26', 'N50'],
    file: `${edge}/polls.ts`,
    from: "const { method = '', socket } = request;",
    to: "const { socket } = request;\n    const method = '';",
    tests: vouched,
  },
  {
    says: 'a poll of somebody who is nobody yet is pushed out by nobody',
    rules: ['N25', 'N50'],
    file: `${edge}/polls.ts`,
    from: 'if (isSomebody()) {',
    to: 'if (isSomebody() || true) {',
    tests: vouched,
  },
  {
    says: 'connections outlive the session that they were kept for',
    rules: ['N25', 'N50'],
    file: `${edge}/polls.ts`,
    from: '    for (const takeBack of own.values()) takeBack();\n',
    to: '    own.clear();\n',
    tests: vouched,
  },
  {
    says: 'strangers who are refused use up the turns of who brings a token',
    rules: ['N26', 'N51'],
    file: `${edge}/guard.ts`,
    from: 'connectWaitMs(peer.tag, maxMs)',
    to: 'connectWaitMs(peer.tag, limits.connectWaitMsMax)',
    tests: turns,
  },
  {
    says: 'past the rate who brings a token is refused like anybody',
    rules: ['N26', 'N51'],
    file: `${edge}/guard.ts`,
    from: 'somebody ? limits.connectWaitMsMax : 0',
    to: '0',
    tests: turns,
  },
  {
    says: 'one address may have nearly all places of strangers',
    rules: ['N25'],
    file: `${edge}/crowd.ts`,
    from: '      else if (2 * count > max && members.size > shareMax) oldestOf(tag);\n',
    to: '',
    tests: ['tests/wire/doors.test.ts'],
  },
  {
    says: 'strangers of one address have a share in an empty house',
    rules: ['N25'],
    file: `${edge}/crowd.ts`,
    from: '2 * count > max && ',
    to: '',
    tests: ['tests/wire/doors.test.ts'],
  },
];
