/** In the bounds, the log, and what of a visitor could be read from outside. */
const limits = ['tests/limits.test.ts'];
const log = ['tests/log.test.ts'];

const service = 'shared/src/limits.ts';
const both = 'shared/src/agreed.ts';

/** @type {import('./bugs.mjs').Bug[]} */
export const boundBugs = [
  {
    says: 'the longest messages come back from the store in packets that are too large',
    rules: ['L10'],
    file: both,
    from: 'listCharsMax: 14_000',
    to: 'listCharsMax: 16_000',
    tests: limits,
  },
  {
    says: 'one lost sign of life makes a visitor count as away',
    rules: ['L11'],
    file: service,
    from: 'seenLateMs: 45_000',
    to: 'seenLateMs: 32_000',
    tests: limits,
  },
  {
    says: 'after a pause of the store who reconnects slowly is released',
    rules: ['L12'],
    file: service,
    from: 'graceMs: 60_000',
    to: 'graceMs: 24_000',
    tests: limits,
  },
  {
    says: 'an answer is forgotten while it is still asked for',
    rules: ['L13'],
    file: service,
    from: 'requestReplayMs: 60_000',
    to: 'requestReplayMs: 30_000',
    tests: limits,
  },
  {
    says: 'the keys of a visit go before the tick that ends it',
    rules: ['L14'],
    file: service,
    from: 'broomMs: 15_300_000',
    to: 'broomMs: 14_400_000',
    tests: limits,
  },
  {
    says: 'a counsellor forgets her key while the visitor may still answer it',
    rules: ['L15'],
    file: service,
    from: 'keyOfferMs: 120_000',
    to: 'keyOfferMs: 90_000',
    tests: limits,
  },
  {
    says: 'one school may take every place',
    rules: ['L16'],
    file: service,
    from: 'socketsPerTagMax: 400',
    to: 'socketsPerTagMax: 1_000',
    tests: limits,
  },
  {
    says: 'a second has half a passing frame',
    rules: ['L17'],
    file: service,
    from: 'passingPerSecond: 1',
    to: 'passingPerSecond: 0.5',
    tests: limits,
  },
  {
    says: 'what a visitor sent stands in the log when its join fails',
    rules: ['P2'],
    file: 'server/src/edge/handle.ts',
    from: "gate.log.error('a handler failed', ",
    to: 'gate.log.error(`a handler failed: ${JSON.stringify(input)}`, ',
    tests: ['tests/wire/privacy.test.ts'],
  },
  {
    says: 'the server sees whether earlier messages were shared',
    rules: ['P4'],
    file: 'shared/src/client/visitor/history.ts',
    from: 'if (!vault.contents.owesKeys) return;',
    to: 'if (!vault.contents.owesKeys || keysBefore(epoch).length === 0) return;',
    tests: ['tests/client/otherPerson.test.ts'],
  },
  {
    says: 'each line of the log names the machine and the process',
    rules: ['P8'],
    file: 'server/src/kernel/log.ts',
    from: '      base: null, // no process id, no host name\n',
    to: '',
    tests: log,
  },
  {
    says: "what an error says stands in the log, a visitor's words included",
    rules: ['P9'],
    file: 'server/src/kernel/log.ts',
    from: 'if (err instanceof Bug) parts[0]',
    to: 'if (err instanceof Error) parts[0]',
    tests: log,
  },
  {
    says: 'an error whose message was changed shows what it said before',
    rules: ['P9'],
    file: 'server/src/kernel/log.ts',
    from: '  if (from < 0) return [];\n',
    to: '',
    tests: log,
  },
];
