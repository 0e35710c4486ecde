/** In the connection to the service. */
const CONNECT = 'shared/src/client/connect.ts';
const CONNECTION = 'shared/src/client/connection.ts';

/** @type {import('./bugs.mjs').Bug[]} */
export const engineLinkBugs = [
  {
    says: 'what was asked without a connection is sent when nobody means it any more',
    rules: ['E43'],
    file: CONNECT,
    from: '      socket.sendBuffer.length = 0;\n',
    to: '',
    tests: ['tests/client/socketProxy.test.ts'],
  },
  {
    says: 'whom the service let go without a reason stays away',
    rules: ['E43'],
    file: CONNECT,
    from: "reason === 'io server disconnect' && status",
    to: "reason === 'parse error' && status",
    tests: ['tests/client/connect.test.ts'],
  },
  {
    says: 'a connection that only seems open is kept',
    rules: ['E46'],
    file: CONNECTION,
    from: 'if (pulsed()) line.reconnect();\n          else waitForPulse();',
    to: 'waitForPulse();',
    tests: ['tests/client/presence.test.ts'],
  },
  {
    says: 'where no WebSocket is let through there is no chat',
    rules: ['E60'],
    file: CONNECT,
    from: 'tryAllTransports: true,',
    to: 'tryAllTransports: false,',
    tests: ['tests/client/socketProxy.test.ts'],
  },
  {
    says: 'the signs of life of a hidden page wait for a timer',
    rules: ['E61'],
    file: CONNECT,
    from: "if (typeof answer === 'function') answer();",
    to: "if (typeof answer === 'function') setTimeout(answer, 0);",
    tests: ['tests/client/socketText.test.ts'],
  },
  {
    says: 'a page whose network went waits for a sign of the service',
    rules: ['E62'],
    file: CONNECT,
    from: '    if (socket.connected) lose();\n',
    to: '',
    tests: ['tests/client/socketProxy.test.ts'],
  },
  {
    says: 'whatever comes as an answer is taken for one',
    rules: ['E63'],
    file: CONNECT,
    from: 'return isAck(said) ?',
    to: 'return said ?',
    tests: ['tests/client/socketText.test.ts'],
  },
  {
    says: 'the address of a connection says what time it is',
    rules: ['E64'],
    file: CONNECT,
    from: 'timestampRequests: false,',
    to: 'timestampRequests: true,',
    tests: ['tests/client/socketProxy.test.ts'],
  },
  {
    says: 'after a bad hour in the network it is tried again in a minute',
    rules: ['E65'],
    file: CONNECT,
    from: 'reconnectionDelayMax: agreed.reconnectMsMax,',
    to: 'reconnectionDelayMax: 60_000,',
    tests: ['tests/client/socketProxy.test.ts'],
  },
  {
    says: 'who has moved is torn away by the goodbye of the process it left',
    rules: ['E79'],
    file: CONNECTION,
    from: '            move(); // it has moved already',
    to: '            // it has moved already',
    tests: ['tests/client/unanswered.test.ts'],
  },
];
