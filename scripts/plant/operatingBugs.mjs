/** What an operator relies on: the compose file, what is made beside the network, a page that clears a computer, and who says that it is ready. */
const compose = ['tests/compose.test.ts'];
const REQUEST = 'shared/src/statement/issuerRequest.ts';
const DEVICES = 'console/src/model/team/devices.ts';
const offline = ['tests/roots/clbchatKeys.test.ts'];
const files = ['tests/wire/staticSide.test.ts'];
const wire = ['tests/wire/enrolment.test.ts'];
const asked = ['tests/console/devicesPage.test.tsx'];

/** @type {import('./bugs.mjs').Bug[]} */
export const operatingBugs = [
  {
    says: 'the compose file forgets where the key beside the records is',
    rules: ['I17'],
    file: 'docker-compose.yml',
    from: '      RECORDS_KEY_FILE: /app/key/records.key # `bootstrap` makes it\n',
    to: '',
    tests: compose,
  },
  {
    says: 'the side of the files sees the key beside the records',
    rules: ['I17'],
    file: 'docker-compose.yml',
    from: '      - sites:/app/sites\n',
    to: '      - sites:/app/sites\n      - key:/app/key\n',
    tests: compose,
  },
  {
    says: 'an answer to another console’s request is taken for one’s own',
    rules: ['O35', 'O37'],
    file: REQUEST,
    from: 'says.pub !== (await exportPublic(keys.publicKey)) || says.org !== org',
    to: 'says.org !== org && says.pub !== (await exportPublic(keys.publicKey))',
    tests: [...offline, ...asked],
    built: true,
  },
  {
    says: 'a root signs for whatever key and name a file on the stick says',
    rules: ['O36'],
    file: REQUEST,
    from: "  return key && verify(key, 'issuer request', text, issuerRequest);",
    to: '  return key && claimed;',
    tests: offline,
    built: true,
  },
  {
    says: 'a request that lay about for months is signed',
    rules: ['O36'],
    file: REQUEST,
    from: "  return ageS > REQUEST_DAYS_MAX * DAY_S ? 'late' : null;",
    to: '  return null;',
    tests: offline,
    built: true,
  },
  {
    says: 'a reload loses what was carried to the other computer',
    rules: ['O37'],
    file: DEVICES,
    from: 'const asked = await ports.readAsked(next.account).catch(() => null);',
    to: 'const asked = all.peek() === next && shown.peek() ? await ports.readAsked(next.account) : null;',
    tests: asked,
  },
  {
    says: 'what a root signed is on record also where the browser could not keep it',
    rules: ['O37'],
    file: DEVICES,
    from: '    await api.revokeIssuer(await idOf(issuer));\n',
    to: '',
    tests: asked,
  },
  {
    says: 'the static side is ready as soon as the relay answered, before it looked at a signature',
    rules: ['I18'],
    file: 'server/src/mirror/sites.job.ts',
    from: '    await judge(heard);\n',
    to: '    looked = true;\n    heardOf = true;\n    await judge(heard);\n',
    tests: files,
  },
  {
    says: 'a static side that has no list and never heard of the relay takes visitors',
    rules: ['I18'],
    file: 'server/src/mirror/sites.job.ts',
    from: 'looked && (standing !== null || heardOf)',
    to: 'looked',
    tests: files,
  },
  {
    says: 'a link on any page empties the computer of whoever follows it',
    rules: ['I19'],
    file: 'server/src/edge/pages.ts',
    from: "headers['sec-fetch-site'] === 'same-origin' && headers['sec-fetch-mode'] === 'navigate'",
    to: "headers['sec-fetch-mode'] === 'navigate'",
    tests: ['tests/wire/web.test.ts'],
  },
  {
    says: 'a computer that was given up keeps what its browser kept',
    rules: ['I19'],
    file: 'console/src/gettingIn.tsx',
    from: "location.replace('/console/vergeten');",
    to: "location.replace('/console/');",
    tests: ['tests/browser/enrolment.test.ts'],
  },
  {
    says: 'whose certificate ended comes back to nobody, also within a conversation',
    rules: ['O38'],
    file: 'server/src/presence/presence.model.ts',
    from: 'if (input.certExpMs <= w.now && !goesOn)',
    to: 'if (input.certExpMs <= w.now)',
    tests: [...wire, 'tests/store/memory.test.ts'],
  },
  {
    says: 'another computer whose certificate ended takes a conversation over',
    rules: ['O38'],
    file: 'server/src/presence/enter.lua',
    from: 'not (holds and desk.dev == input.dev)',
    to: 'not holds',
    tests: ['tests/redis/contract.test.ts'],
  },
  {
    says: 'who holds nobody proves a device whose certificate ended',
    rules: ['O38'],
    file: 'server/src/presence/presence.socket.ts',
    from: '(ended === null || (await presence.holds({ account, dev: checked.deviceDigest })))',
    to: '(ended === null || account !== null)',
    tests: wire,
  },
];
