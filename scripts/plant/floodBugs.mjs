const oneAtOnce = ['tests/wire/onePasswordAtOnce.test.ts'];

const bounded = ['tests/wire/actsBounded.test.ts'];
const endsWhatItOpened = ['tests/wire/endsWhatItOpened.test.ts'];
const oldCodes = ['tests/wire/oldCodes.test.ts'];

/** What one person who works here can do too much of. @type {import('./bugs.mjs').Bug[]} */
export const floodBugs = [
  {
    says: 'a colleague makes as many passwords at once as she likes',
    rules: ['G80'],
    file: 'server/src/edge/fewAtOnce.ts',
    from: 'if (underWay.has(key)) return null;',
    to: '',
    tests: oneAtOnce,
  },
  {
    says: 'showings that were not looked at count as wrong ones',
    rules: ['G80'],
    file: 'server/src/accounts/passwords.http.ts',
    from: '    const looked = await ownHashes.run(account, async () => {',
    to: '    wrongShowings.tryNow(account);\n    const looked = await ownHashes.run(account, async () => {',
    tests: oneAtOnce,
  },
  {
    says: 'who came by a recovery code goes on after she made new ones',
    rules: ['G81'],
    file: 'server/src/accounts/credentials.store.ts',
    from: '[...(await endsByCode(account)), ...(await bySession(records, session))]',
    to: 'bySession(records, session)',
    tests: oldCodes,
  },
  {
    says: 'who came by an earlier recovery code goes on after the last one',
    rules: ['G81'],
    file: 'server/src/accounts/credentials.store.ts',
    from: 'codes.length === 0 ? await endsByCode(account) : []',
    to: '[]',
    tests: oldCodes,
  },
  {
    says: 'who has a lost phone goes on after its passkey was taken away',
    rules: ['G82'],
    file: 'server/src/accounts/credentials.store.ts',
    from: "'passkey_removed', to, others)",
    to: "'passkey_removed', to)",
    tests: endsWhatItOpened,
  },
  {
    says: 'a passkey taken away ends the session at which she took it away',
    rules: ['G82'],
    file: 'server/src/accounts/passkeys.http.ts',
    from: 'said.id, mine.binding)',
    to: 'said.id)',
    tests: endsWhatItOpened,
  },
  {
    says: 'who knows the old password goes on under the new one',
    rules: ['G82'],
    file: 'server/src/accounts/passwords.store.ts',
    from: '...by, ...others]',
    to: '...by]',
    tests: endsWhatItOpened,
  },
  {
    says: 'who knows a password goes on after it was taken away',
    rules: ['G82'],
    file: 'server/src/accounts/passwords.store.ts',
    from: '(await freed(password.login)), ...others]',
    to: '(await freed(password.login))]',
    tests: endsWhatItOpened,
  },
  {
    says: 'a session that was renewed meanwhile ends as another’s',
    rules: ['G82'],
    file: 'server/src/accounts/sessionsEnded.store.ts',
    from: 'at = opened.find(({ id }) => id === at)?.kept.heir)',
    to: 'at = undefined)',
    tests: endsWhatItOpened,
  },
  {
    says: 'one person writes the audit log full within minutes',
    rules: ['A25'],
    file: 'server/src/records/acts.store.ts',
    from: "if (tooMuch) throw new Problem('too_fast');",
    to: 'tooMuch && new Problem("too_fast");',
    tests: bounded,
  },
  {
    says: 'what somebody did this hour is forgotten once others did much',
    rules: ['A25'],
    file: 'server/src/records/acts.store.ts',
    from: 'if (found !== null || areAll)',
    to: 'if (head)',
    tests: bounded,
  },
  {
    says: 'whoever acts reads the whole log',
    rules: ['A25'],
    file: 'server/src/records/acts.store.ts',
    from: 'let some = LOOKED_AT; ;',
    to: 'let some = 1_000_000; ;',
    tests: bounded,
  },
  {
    says: 'who did much this hour shuts nobody out any more',
    rules: ['A25'],
    file: 'server/src/records/audit.rules.ts',
    from: "['passkey_added', 'codes_made', 'password_set', 'identity_linked']",
    to: "['passkey_added', 'codes_made', 'password_set', 'identity_linked', 'account_disabled']",
    tests: bounded,
  },
];
