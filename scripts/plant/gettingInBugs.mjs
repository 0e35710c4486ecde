/** Bugs in how somebody gets in: one-time addresses, passkeys, recovery codes. */
const accounts = 'server/src/accounts';
const inMemory = ['tests/records/gettingIn.test.ts'];
const shell = ['tests/redis/shell.test.ts'];

export const gettingInBugs = [
  {
    says: 'set-up runs again where the only coordinator was disabled',
    rules: ['G1'],
    file: `${accounts}/accounts.store.ts`,
    from: "readStored(text).roles.includes('coordinator'))",
    to: "readStored(text).roles.includes('coordinator') && !readStored(text).disabled)",
    tests: inMemory,
  },
  {
    says: 'an address of set-up opens although somebody was set up meanwhile',
    rules: ['G1'],
    file: `${accounts}/tokens.store.ts`,
    from: '(await isFor(purpose)) ? { purpose,',
    to: 'purpose ? { purpose,',
    tests: inMemory,
  },
  {
    says: 'a one-time address is written down as it is',
    rules: ['G3'],
    file: `${accounts}/tokens.store.ts`,
    from: "createHash('sha256').update(token).digest('base64url')",
    to: "createHash('sha256').update(token).digest('base64url') && token",
    tests: inMemory,
  },
  {
    says: 'a one-time address has no end',
    rules: ['G3'],
    file: `${accounts}/tokens.store.ts`,
    from: '          endMs: nowMs() + limits.addressMs,\n',
    to: '',
    tests: inMemory,
  },
  {
    says: 'whoever holds an export may use the address that stood in it',
    rules: ['G3'],
    file: 'server/src/shell/recordsFile.ts',
    from: '  token: false,\n',
    to: '  token: () => null,\n',
    tests: ['tests/redis/export.test.ts'],
  },
  {
    says: 'recover makes the first coordinator of a centre',
    rules: ['G2'],
    file: `${accounts}/tokens.store.ts`,
    from: "(await accounts.hasCoordinator()) === (purpose === 'recover')",
    to: "!(await accounts.hasCoordinator()) || purpose === 'recover'",
    tests: inMemory,
  },
  {
    says: 'an address is printed for an origin that nobody named',
    rules: ['G1'],
    file: 'server/src/config.ts',
    from: '  if (known !== null) return known;\n',
    to: "  if (known !== null || given === undefined) return known ?? 'http://localhost:8080';\n",
    tests: shell,
    built: true,
  },
];
