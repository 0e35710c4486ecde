/** What only a service that breaks in the middle of its work shows. */
const tests = ['tests/chaos/chaos.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const chaosBugs = [
  {
    says: 'whom a store that came back empty does not know hears nothing of it',
    rules: ['M9'],
    file: 'shared/src/client/visitor/visit.ts',
    from: "told.over(life !== undefined && life === vault.kept.life ? alive.unseen() : 'lost');",
    to: 'void life;',
    tests,
  },
  {
    says: 'a text whose answer was lost counts as sent',
    rules: ['M9'],
    file: 'shared/src/client/talk/lettersOut.ts',
    from: '    if (ASKS_AGAIN.has(ack.code)) {',
    to: `    if (ack.code === 'unavailable') {
      flight = null;
      letter.storedIn = header.epoch;
      letters = letters.filter((other) => other !== letter);
      return true;
    }
    if (ASKS_AGAIN.has(ack.code)) {`,
    tests,
  },
];
