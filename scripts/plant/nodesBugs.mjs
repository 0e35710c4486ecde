/** What holds at one process and not at two on the same stores. */
const redis = (name) => [`tests/redis/${name}.test.ts`];

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
];
