/** In what both browsers share: keys, frames, texts, and the engine between socket and screens. */
/** @type {import('./bugs.mjs').Bug[]} */
export const clientBugs = [
  {
    says: 'a tower of marks stands over three lines',
    rules: ['E10'],
    file: 'shared/src/crypto/text.ts',
    from: "    .replace(MARKS, '$1')\n",
    to: '',
    tests: ['tests/crypto/text.test.ts'],
  },
  {
    says: 'writing is said at every key',
    rules: ['E39'],
    file: 'shared/src/client/talk/signs.ts',
    from: 'clock.nowMs() - lastTypedMs < timing.typingEveryMs',
    to: 'clock.nowMs() < lastTypedMs',
    tests: ['tests/client/presence.test.ts'],
  },
];
