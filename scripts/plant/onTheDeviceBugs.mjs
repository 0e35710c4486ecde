// @ts-check
/** What lies in a browser and stands in no row of the page about it, and what stays of who left. */
const table = ['tests/onTheDevice.test.ts'];
const lying = ['tests/browser/onTheDevice.test.ts'];
const PAGE = 'docs/privacy.md';

/** @type {import('./bugs.mjs').Bug[]} */
export const onTheDeviceBugs = [
  {
    says: 'a cookie of the server has no row',
    rules: ['P11'],
    file: 'server/src/accounts/cookie.rules.ts',
    from: "export const CAME = 'clb-came';",
    to: "export const CAME = 'clb-returned';",
    tests: table,
  },
  {
    says: 'the cookie of a session has no row',
    rules: ['P11'],
    file: PAGE,
    from: 'the cookie of her session (`clb`), 32',
    to: 'the cookie of her session, 32',
    tests: table,
  },
  {
    says: 'a store of the console has no row',
    rules: ['P11'],
    file: 'console/src/device/database.ts',
    from: "opening.result.createObjectStore('prefs');",
    to: "opening.result.createObjectStore('prefs'); opening.result.createObjectStore('drafts');",
    tests: table,
  },
  {
    says: 'the page leaves out that a tab says whether somebody talked',
    rules: ['P11'],
    file: PAGE,
    from: '(`alive.atMs` `alive.talking`)',
    to: '(`alive.atMs`)',
    tests: table,
  },
  {
    says: 'the row of what a console keeps of a visit stands at another browser',
    rules: ['P11'],
    file: PAGE,
    from: "the counsellor's browser (`IndexedDB`, `rows`)",
    to: "the counsellor's browser (`IndexedDB`)",
    tests: table,
  },
  {
    says: 'the choices that a console keeps stand nowhere',
    rules: ['P11'],
    file: PAGE,
    from: '(`soundVisitor` `soundMessage` `shortcuts`)',
    to: '',
    tests: table,
  },
  {
    says: 'a coordinator may keep a place longer than the page says',
    rules: ['P11'],
    file: 'server/src/centre/bounds.rules.ts',
    from: 'unloadKeepMs: [30 * SECOND, 10 * MINUTE]',
    to: 'unloadKeepMs: [30 * SECOND, 20 * MINUTE]',
    tests: table,
  },
  {
    says: 'a console keeps of a visit when it last wrote it, and no row says so',
    rules: ['P11'],
    file: 'console/src/device/deskKeep.ts',
    from: 'store.put({ who, ...row })',
    to: 'store.put({ who, ...row, writtenMs: Date.now() })',
    tests: lying,
  },
  {
    says: 'a tab keeps of a visit when it last wrote it, and no row says so',
    rules: ['P11'],
    file: 'widget/src/keep.ts',
    from: 'JSON.stringify(value)',
    to: 'JSON.stringify({ ...value, writtenMs: Date.now() })',
    tests: lying,
  },
  {
    says: 'whoever is blocked loses her passkeys, though the page says that they stay',
    rules: ['T8'],
    file: 'server/src/accounts/team.store.ts',
    from: '[...(await sessionsOf(id)), ...(disabled',
    to: "[...(await sessionsOf(id)), ...(await records.list('credential')).flatMap((row): Change[] => (row.id === id ? [{ kind: 'credential', id, rev: row.rev, text: null }] : [])), ...(disabled",
    tests: ['tests/wire/accountStays.test.ts'],
  },
];
