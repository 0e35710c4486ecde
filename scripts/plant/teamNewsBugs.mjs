// @ts-check
/** What is new in the team since she looked. */
const page = ['tests/console/team.test.tsx'];
const wire = ['tests/wire/team.test.ts'];
const enrolment = ['tests/wire/enrolment.test.ts'];
const waysIn = ['tests/wire/waysInShown.test.ts'];

const log = 'const { found } = await lookBack(records, (entries, areAll) => sinceSeen({ me, saw }, entries, areAll));';
const people = 'const { people, invitations } = await team.now();';

/** @type {import('./bugs.mjs').Bug[]} */
export const teamNewsBugs = [
  {
    says: 'who becomes a coordinator while another one is answered made herself a way in that nobody ever sees',
    rules: ['T12'],
    file: 'server/src/accounts/team.http.ts',
    from: `${log}
    // asked after the log, or who became a coordinator in between would stand here as none, and what she made go unseen for good
    ${people}`,
    to: `${people}
    ${log}`,
    tests: waysIn,
  },
  {
    says: 'what she saw is new again',
    rules: ['T12'],
    file: 'console/src/model/team/team.ts',
    from: 'return all.filter(({ id }) => !known.has(id));',
    to: 'return known.size > 99 ? [] : all;',
    tests: page,
  },
  {
    says: 'nobody says since when she asks, and of twenty computers twelve are shown to nobody',
    rules: ['T12'],
    file: 'console/src/model/team/team.ts',
    from: 'return saw ? ports.read(saw.newest) : list;',
    to: 'return list;',
    tests: page,
  },
  {
    says: 'what a change answers brings back what she saw',
    rules: ['T12'],
    file: 'console/src/model/team/team.ts',
    from: 'return show({ ...list, news, newsCount,',
    to: 'return show({ ...list,',
    tests: page,
  },
  {
    says: 'who takes a colleague’s computer away is shown to nobody',
    rules: ['T12'],
    file: 'server/src/accounts/devices.store.ts',
    from: "found.account === by ? 'device_removed' : 'device_removed_of_another'",
    to: "'device_removed'",
    tests: enrolment,
  },
  {
    says: 'who revokes an issuer is shown to nobody',
    rules: ['T12'],
    file: 'server/src/records/audit.rules.ts',
    from: "  'issuer_made',\n  'issuer_removed',\n  'identity_confirmed',\n];",
    to: "  'issuer_made',\n  'identity_confirmed',\n];",
    tests: enrolment,
  },
  {
    says: 'every computer that somebody takes away of her own is shown to all coordinators',
    rules: ['T12'],
    file: 'server/src/accounts/devices.store.ts',
    from: "found.account === by ? 'device_removed' : 'device_removed_of_another'",
    to: "'device_removed_of_another'",
    tests: enrolment,
  },
  {
    says: 'what is done since she looked is in turns with all of the year',
    rules: ['T12'],
    file: 'server/src/accounts/team.http.ts',
    from: 'id === saw || (act',
    to: '(act',
    tests: wire,
  },
  {
    says: 'three hundred acts of one kind hide who was made a coordinator',
    rules: ['T12'],
    file: 'server/src/accounts/team.http.ts',
    from: 'return !areAll && since < 0 ? null : read.slice(since + 1);',
    to: 'return read.slice(since + 1);',
    tests: wire,
  },
  {
    says: 'five computers hide who was made a coordinator',
    rules: ['T12'],
    file: 'console/src/ui/team/TeamNewsStrip.tsx',
    from: 'inTurns(unseen, SHOWN_MAX, rankOf)',
    to: 'unseen.slice(0, SHOWN_MAX)',
    tests: page,
  },
  {
    says: 'of eighty computers she reads of fifty, and *Gezien* takes the others away for good',
    rules: ['T12'],
    file: 'server/src/accounts/team.http.ts',
    from: 'return { news: inTurns(told, most), newsCount: news.length };',
    to: 'return { news: inTurns(told, most), newsCount: most };',
    tests: wire,
  },
  {
    says: 'the strip leaves out how many the service did not tell',
    rules: ['T12'],
    file: 'console/src/ui/team/TeamNewsStrip.tsx',
    from: ' + news.untold.value;',
    to: ';',
    tests: ['tests/console/teamUntold.test.tsx'],
  },
  {
    says: 'a name in the strip becomes somebody once she changed something',
    rules: ['T12'],
    file: 'console/src/model/team/team.ts',
    from: 'names: { ...now.names, ...list.names } }',
    to: 'names: list.names }',
    tests: ['tests/console/teamUntold.test.tsx'],
  },
  {
    says: 'where nothing can be kept everything is new again at each look',
    rules: ['T12'],
    file: 'console/src/model/team/team.ts',
    from: '(listNow()?.me === account ? seen.peek() : null)',
    to: 'null',
    tests: ['tests/console/teamUntold.test.tsx'],
  },
  {
    says: 'what a release before kept counts as nothing that she saw',
    rules: ['T12'],
    file: 'console/src/device/teamApi.ts',
    from: "return found && 'id' in found ?",
    to: "return found && 'none' in found ?",
    tests: ['tests/console/teamUntold.test.tsx'],
  },
  {
    says: 'an account elsewhere that somebody confirmed with a copied cookie is shown to nobody',
    rules: ['T12'],
    file: 'server/src/records/audit.rules.ts',
    from: "  'issuer_removed',\n  'identity_confirmed',\n];",
    to: "  'issuer_removed',\n];",
    tests: waysIn,
  },
  ...['passkey_added', 'codes_made', 'password_set'].map((act) => ({
    says: `a way in that a coordinator’s copied cookie made is shown to nobody: ${act}`,
    rules: ['T12'],
    file: 'server/src/records/audit.rules.ts',
    from: "OWN_WAYS_IN: readonly (typeof ACTS)[number][] = ['passkey_added', 'codes_made', 'password_set'];",
    to: `OWN_WAYS_IN: readonly (typeof ACTS)[number][] = ['passkey_added', 'codes_made', 'password_set'].filter((one): one is never => one !== '${act}');`,
    tests: waysIn,
  })),
  {
    says: 'each passkey of a counsellor is news to every coordinator',
    rules: ['T12'],
    file: 'server/src/accounts/team.http.ts',
    from: 'OWN_WAYS_IN.includes(act) && (coordinators.has(by) || had.has(by))',
    to: 'OWN_WAYS_IN.includes(act)',
    tests: waysIn,
  },
  {
    says: 'a role that is taken hides the passkey that was made before it',
    rules: ['T12'],
    file: 'server/src/accounts/team.http.ts',
    from: '(coordinators.has(by) || had.has(by))',
    to: 'coordinators.has(by)',
    tests: waysIn,
  },
  {
    says: 'the strip says of a password that this version does not know what it is',
    rules: ['T12'],
    file: 'console/src/words/audit.ts',
    from: "    password_set: () => 'stelde een wachtwoord in',\n",
    to: '',
    tests: page,
  },
];
