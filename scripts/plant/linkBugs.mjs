const accounts = 'server/src/accounts';
const wire = ['tests/wire/links.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const linkBugs = [
  {
    says: 'long polling that got no further is tried again, and for ever',
    rules: ['E60'],
    file: 'shared/src/client/connect.ts',
    from: "  socket.on('connect', () => becomes({ is: 'online' }));",
    to: `  socket.on('connect', () => {
    manager.opts.transports = WEBSOCKET_FIRST;
    becomes({ is: 'online' });
  });
  manager.on('open', () => {
    if (manager.engine.transport.name === 'polling') manager.opts.transports = POLLING_FIRST;
  });`,
    tests: ['tests/client/socketProxy.test.ts'],
  },
  {
    says: 'an open console links the account of whoever passes by',
    rules: ['G71'],
    file: `${accounts}/provider.http.ts`,
    from: 'return steppedUp(mine) ? sends',
    to: 'return mine ? sends',
    tests: wire,
  },
  {
    says: 'who showed by password that it is she may not do what she showed it for',
    rules: ['G33'],
    file: `${accounts}/provider.http.ts`,
    from: "if (mine.method === 'code') return reply.code(409).send({ code: 'stage' });\n    // an open",
    to: "if (mine.method !== 'passkey') return reply.code(409).send({ code: 'stage' });\n    // an open",
    tests: wire,
  },
  {
    says: 'who links another account is let in by none until it is confirmed',
    rules: ['G71'],
    file: `${accounts}/identities.store.ts`,
    from: 'filter((row) => !readStored(row).confirmed)',
    to: 'filter((row) => row.rev > 0)',
    tests: wire,
  },
  {
    says: 'taking away a link that waited ends what her confirmed one opened',
    rules: ['G71'],
    file: `${accounts}/identities.store.ts`,
    from: 'kept.confirmed : others.length > 0',
    to: 'true : others.length > 0',
    tests: wire,
  },
  {
    says: 'what an account is called turns around what stands after it, and has no end',
    rules: ['G71'],
    file: 'server/src/edge/openId.ts',
    from: 'spelled(said.slice(0, CALLED_CHARS_MAX))',
    to: 'said',
    tests: wire,
  },
  {
    says: 'an address that somebody typed is taken for hers',
    rules: ['G71'],
    file: 'server/src/edge/openId.ts',
    from: "claims['email_verified'] === true;",
    to: "claims['email_verified'] !== false;",
    tests: wire,
  },
  {
    says: 'an address that somebody typed as her name is taken for hers',
    rules: ['G71'],
    file: 'server/src/edge/openId.ts',
    from: 'isName(called) && !looksLikeAddress',
    to: 'isName(called)',
    tests: wire,
  },
  {
    says: 'who only signs in tells us how her account is called',
    rules: ['G71'],
    file: 'server/src/edge/openId.ts',
    from: "what === 'link' ? namingAt(config)",
    to: 'what ? NAMING',
    tests: wire,
  },
  {
    says: 'a coordinator confirms an account without reading which',
    rules: ['G71'],
    file: 'console/src/ui/signin/ProviderBox.tsx',
    from: '{words.which(',
    to: '{words.since(',
    tests: ['tests/console/provider.test.tsx'],
  },
];
