/** In what becomes of fingers, keys and eyes while a screen changes under them. */
const taps = ['tests/widget/twoTaps.test.tsx'];

/** @type {import('./bugs.mjs').Bug[]} */
export const handsBugs = [
  {
    says: 'nothing heeds the second of two taps',
    rules: ['W123'],
    file: 'widget/src/steps.ts',
    from: 'heedSecondTaps();',
    to: 'void heedSecondTaps;',
    tests: ['tests/browser/twoTaps.test.ts'],
  },
  {
    says: 'whoever presses fast with a mouse is taken for a nervous finger',
    rules: ['W123'],
    file: 'widget/src/frame/twoTaps.ts',
    from: 'const again = detail > 1 || finger;',
    to: 'const again = true;',
    tests: taps,
  },
  {
    says: 'where the browser counts no taps of a finger the second one acts',
    rules: ['W123'],
    file: 'widget/src/frame/twoTaps.ts',
    from: 'const again = detail > 1 || finger;',
    to: 'const again = detail > 1;',
    tests: taps,
  },
  {
    says: 'the second of two taps keeps a number from being called',
    rules: ['W123'],
    file: 'widget/src/frame/twoTaps.ts',
    from: '\'.exit, [href^="tel:"]\'',
    to: "'.exit'",
    tests: taps,
  },
];
