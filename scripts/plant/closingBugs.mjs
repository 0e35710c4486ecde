/** In what a visitor reads when the centre closes before its time, on the way to a chat. */
const end = ['tests/widget/end.test.tsx'];
const steps = ['tests/widget/steps.test.tsx'];

/** @type {import('./bugs.mjs').Bug[]} */
export const closingBugs = [
  {
    says: 'who waited when a centre was closed reads neither why nor when it opens',
    rules: ['W125'],
    file: 'widget/src/ending/Ended.tsx',
    from: '{!calm && (closed || ',
    to: '{calm && (closed || ',
    tests: end,
  },
  {
    says: 'whose wait ended at a close is shown the hours of a minute ago',
    rules: ['W125'],
    file: 'widget/src/ending/WhenOpen.tsx',
    from: "void (to !== 'new' && facts.load())",
    to: 'undefined',
    tests: [...end, ...steps],
  },
  {
    says: 'who was not served reads that who waited is',
    rules: ['W125'],
    file: 'widget/src/ending/WhenOpen.tsx',
    from: "why && (why !== 'line' || to !== 'waited')",
    to: 'why',
    tests: end,
  },
  {
    says: 'who pressed too late reads that it is quiet',
    rules: ['W125'],
    file: 'widget/src/steps/StartFoot.tsx',
    from: "{refusal.value === 'closed' ? (",
    to: '{!refusal ? (',
    tests: steps,
  },
  {
    says: 'who pressed too late has no number to call',
    rules: ['W125'],
    file: 'widget/src/ending/WhenOpen.tsx',
    from: "{to === 'late' && (",
    to: "{to === 'new' && (",
    tests: steps,
  },
  {
    says: 'a new chat is offered by a centre that is closed',
    rules: ['W126'],
    file: 'widget/src/ending/Ended.tsx',
    from: 'late.value && !closed && (',
    to: 'late.value && (',
    tests: end,
  },
];
