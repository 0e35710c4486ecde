const tests = ['tests/wire/actsApart.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const actsApartBugs = [
  {
    says: 'who stole a session uses up, by the door, what its owner needs for a way in',
    rules: ['A25'],
    file: 'server/src/records/audit.rules.ts',
    from: "['passkey_added', 'codes_made', 'password_set', 'identity_linked']",
    to: "['passkey_added', 'codes_made', 'password_set', 'identity_linked', 'door_opened']",
    tests,
  },
  {
    says: 'a certificate is renewed by a second, again and again',
    rules: ['O23'],
    file: 'server/src/accounts/devices.store.ts',
    from: 'next.device.exp < before.device.exp + RENEWED_BY_S_MIN',
    to: 'next.device.exp <= before.device.exp && RENEWED_BY_S_MIN > 0',
    tests,
  },
  {
    says: 'presses on the door at the same moment are each an act',
    rules: ['H30'],
    file: 'server/src/centre/door.http.ts',
    from: 'atOnce: 1,',
    to: 'atOnce: 100,',
    tests,
  },
];
