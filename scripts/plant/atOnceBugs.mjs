// @ts-check
/** What many ask at the same moment, and what one way to sign in finds of another. */
const accounts = 'server/src/accounts';
const tests = ['tests/records/atOnce.test.ts'];
const questions = `${accounts}/questions.store.ts`;
const begun = ['tests/wire/begun.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const atOnceBugs = [
  {
    says: 'as many computers of one person ask as do at the same moment',
    rules: ['G55'],
    file: `${accounts}/asks.store.ts`,
    from: 'ofEach: 1, queueMax',
    to: 'ofEach: 99, queueMax',
    tests,
  },
  {
    says: 'as many devices of one person are signed as are at the same moment',
    rules: ['G55'],
    file: `${accounts}/devices.store.ts`,
    from: '...(found ? [] : [turn]),',
    to: '...(turn ? [] : []),',
    tests,
  },
  {
    says: 'who links two accounts at the same moment has both',
    rules: ['G55'],
    file: `${accounts}/identities.store.ts`,
    from: '          turn,\n',
    to: '          ...(turn ? [] : []),\n',
    tests,
  },
  {
    says: 'something is kept of each sign-in that anybody begins',
    rules: ['G57'],
    file: questions,
    from: 'digestOf(`key of questions ${Math.floor(endMs / pendingMs)}`)',
    to: 'digestOf(`key of questions ${endMs} ${Math.random()}`)',
    tests: begun,
  },
  {
    says: 'a question counts in any browser',
    rules: ['G57', 'G5'],
    file: questions,
    from: '(await madeBy(head, `of ${of}`))',
    to: '(await madeBy(head, `of ${of.length}`))',
    tests: [...begun, 'tests/wire/passkeys.test.ts'],
  },
  {
    says: 'a question that is spelled otherwise is another one',
    rules: ['G57'],
    file: questions,
    from: " || bytes.toString('base64url') !== question)",
    to: ')',
    tests: begun,
  },
  {
    says: 'a question counts however late',
    rules: ['G57'],
    file: questions,
    from: 'leftMs <= 0 || leftMs',
    to: 'leftMs',
    tests: begun,
  },
  {
    says: 'a question counts as often as it is answered',
    rules: ['G57'],
    file: questions,
    from: 'leftMs > 0 && (await pending.keepFirst(id, mine, leftMs)) === mine',
    to: 'leftMs > 0 && (await pending.keepFirst(id, mine, leftMs)) !== id',
    tests: begun,
  },
  {
    says: 'the key of questions is gone before the last of them',
    rules: ['G57'],
    file: questions,
    from: "toString('base64url'), 3 * pendingMs)",
    to: "toString('base64url'), pendingMs)",
    tests: begun,
  },
  {
    says: 'a second tab throws away what the first one began',
    rules: ['G91'],
    file: `${accounts}/cookie.rules.ts`,
    from: 'make(name, lastsMs, value(name, cookies) ?? undefined)',
    to: 'make(name, lastsMs, value(name, cookies) === name ? name : undefined)',
    tests: begun,
  },
  {
    says: 'an answer that is wrong uses up the question',
    rules: ['G91'],
    file: `${accounts}/questions.store.ts`,
    from: 'if (is) answered = question;',
    to: 'if (is && (await questions.spend(question))) answered = question;',
    tests: begun,
  },
  {
    says: 'who begins to sign in by passkey throws away the password that was typed in another tab',
    rules: ['G91'],
    file: `${accounts}/cookie.rules.ts`,
    from: "export const HALF = 'clb-half';",
    to: "export const HALF = 'clb-begun';",
    tests: ['tests/wire/passwords.test.ts'],
  },
];
