/** What holds at one process and not at two on the same stores, now and not for whoever says another time. */
const redis = (name) => [`tests/redis/${name}.test.ts`];
const ended = ['tests/wire/endedIssuer.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const nodesBugs = [
  {
    says: 'each process remembers for itself who has typed her password',
    rules: ['G60'],
    file: 'server/src/composeStaff.ts',
    from: '  const { pending } = parts.live;',
    to: `  const begun = new Map<string, string>();
  const pending = {
    keep: async (id: string, text: string) => void begun.set(id, text),
    take: async (id: string) => [begun.get(id) ?? null, begun.delete(id)][0] as string | null,
  };`,
    tests: redis('passwords'),
  },
  {
    says: 'that a code of the app counted is written nowhere',
    rules: ['G60'],
    file: 'server/src/accounts/passwords.store.ts',
    from: 'step: { changes: [changeOf(account, rev, { ...kept, password: { ...password, step } })] },',
    to: 'step: { changes: step < 0 ? [changeOf(account, rev, kept)] : [] },',
    tests: redis('passwords'),
  },
  {
    says: 'an issuer that has ended comes on record, and is nowhere',
    rules: ['O40'],
    file: 'server/src/accounts/issuers.store.ts',
    from: "if (endMs <= nowMs()) return 'ended';",
    to: '',
    tests: ended,
  },
  {
    says: 'whoever was an issuer once signs computers for a moment more',
    rules: ['O40'],
    file: 'server/src/accounts/devices.http.ts',
    from: 'if (!standing || standing.revoked || standing.account !== staff.account)',
    to: 'if (standing && (standing.revoked || standing.account !== staff.account))',
    tests: ended,
  },
  {
    says: 'whoever was an issuer once signs the list of sites, by a time of then',
    rules: ['O40'],
    file: 'server/src/mirror/sites.rules.ts',
    from: 'found.rev > standing.rev && found.atMs >= standing.atMs - SIGNED_APART_MS_MAX',
    to: 'found.rev > standing.rev',
    tests: ended,
  },
  {
    says: 'a computer whose clock is a day behind signs no list',
    rules: ['O40'],
    file: 'server/src/mirror/sites.rules.ts',
    from: 'const SIGNED_APART_MS_MAX = 2 * 86_400_000;',
    to: 'const SIGNED_APART_MS_MAX = 2_000;',
    tests: ended,
  },
  {
    says: 'who was signed out elsewhere while she was let in stays until somebody looks',
    rules: ['A19'],
    file: 'server/src/edge/counsellors.ts',
    from: 'if (session.after !== looks) void gate.turn',
    to: 'if (session.after > looks) void gate.turn',
    tests: redis('lettingIn'),
  },
  {
    says: 'whose account was changed while she was let in goes on with what she might before',
    rules: ['A19'],
    file: 'server/src/edge/counsellors.ts',
    from: '    async recheck() {\n      looks += 1;\n',
    to: '    async recheck() {\n',
    tests: redis('lettingIn'),
  },
  {
    says: 'what was signed by an issuer that another process revoked stays until somebody looks',
    rules: ['O22'],
    file: 'server/src/accounts/staff.job.ts',
    from: "if (kind !== 'device' && kind !== 'issuer') continue;",
    to: "if (kind !== 'device') continue;",
    tests: redis('devices'),
  },
  {
    says: 'a computer that was taken away while the line was gone stays once it is back',
    rules: ['O22'],
    file: 'server/src/accounts/staff.job.ts',
    from: 'await Promise.all([recheck(), recheckDevices()]);',
    to: 'await recheck();',
    tests: redis('devices'),
  },
  {
    says: 'where no news comes a computer that was taken away stays',
    rules: ['O22'],
    file: 'server/src/accounts/staff.job.ts',
    from: '    await recheckDevices();\n    await sessions.endIdle();',
    to: '    await sessions.endIdle();',
    tests: redis('devices'),
  },
];
