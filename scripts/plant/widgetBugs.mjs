/** In the visitor's screens. */
/** @type {import('./bugs.mjs').Bug[]} */
export const widgetBugs = [
  {
    says: 'a phone number is a nickname',
    rules: ['W4'],
    file: 'widget/src/steps/nick.ts',
    from: "  if (found === 'phone') return 'phone';\n",
    to: '',
    tests: ['tests/widget/steps.test.tsx'],
  },
];
