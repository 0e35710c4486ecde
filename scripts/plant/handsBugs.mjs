/** In what becomes of fingers, keys and eyes while a screen changes under them. */
const taps = ['tests/widget/twoTaps.test.tsx'];
const consoleFocus = ['tests/console/focus.test.tsx'];

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
    file: 'shared/src/client/twoTaps.ts',
    from: 'const again = detail > 1 || finger;',
    to: 'const again = true;',
    tests: taps,
  },
  {
    says: 'where the browser counts no taps of a finger the second one acts',
    rules: ['W123'],
    file: 'shared/src/client/twoTaps.ts',
    from: 'const again = detail > 1 || finger;',
    to: 'const again = detail > 1;',
    tests: taps,
  },
  {
    says: 'the second of two taps keeps a number from being called',
    rules: ['W123'],
    file: 'shared/src/client/twoTaps.ts',
    from: '\'.exit, [href^="tel:"]\'',
    to: "'.exit'",
    tests: taps,
  },
  {
    says: 'what had the focus goes, and the next key goes nowhere',
    rules: ['D38'],
    file: 'console/src/ui/WorkspaceScreen.tsx',
    from: 'keepFocus(document)',
    to: 'void keepFocus',
    tests: consoleFocus,
  },
  {
    says: 'the focus is forced on who had let it go',
    rules: ['D38'],
    file: 'console/src/ui/keepFocus.ts',
    from: 'if (page.activeElement === page.body) had = null;',
    to: '',
    tests: consoleFocus,
  },
  {
    says: 'the note of a dropped file stays for ever',
    rules: ['D39'],
    file: 'console/src/model/workspace.ts',
    from: 'MENTIONED_MS = 8_000',
    to: 'MENTIONED_MS = 8_000_000',
    tests: ['tests/console/droppedFile.test.tsx'],
  },
  {
    says: 'a note of the console lies over its buttons',
    rules: ['D39'],
    file: 'console/src/styles/overlay.css',
    from: '.notice {\n',
    to: '.notice {\n  position: fixed;\n  inset: auto 12px 80px;\n',
    tests: ['tests/browser/consoleBar.test.ts'],
  },
  {
    says: 'with large text a long word makes the topics wider than the phone',
    rules: ['W124'],
    file: 'widget/src/steps/steps.css',
    from: 'overflow-wrap: anywhere;',
    to: '',
    tests: ['tests/browser/largeText.test.ts'],
  },
  {
    says: 'with wide letters the bar of the console reaches over the edge of the phone',
    rules: ['B42'],
    file: 'console/src/styles/narrow.css',
    from: '    flex-wrap: wrap;\n    justify-content: flex-end;',
    to: '    flex-wrap: nowrap;\n    justify-content: flex-end;',
    tests: ['tests/browser/consoleBar.test.ts'],
  },
];
