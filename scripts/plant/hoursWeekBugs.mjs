/** In the week grid, by mouse and by keys. */
const grid = ['tests/hours/grid.test.ts'];
const screen = ['Week', 'Days', 'Rules', 'Today', 'Saving'].map((part) => `tests/console/hours${part}.test.tsx`);
const hours = 'console/src/model/hours';
const ui = 'console/src/ui/hours';

/** @type {import('./bugs.mjs').Bug[]} */
export const hoursWeekBugs = [
  {
    says: 'a block that touches another may not stand there',
    rules: ['U1'],
    file: 'shared/src/hours/blocks.ts',
    from: 'later < a.to - a.from ||',
    to: 'later <= a.to - a.from ||',
    tests: grid,
  },
  {
    says: 'a block that is moved is in its own way',
    rules: ['U1'],
    file: `${hours}/grid.ts`,
    from: 'const others = grid.filter((one) => one.id !== id);',
    to: 'const others = [...grid];',
    tests: grid,
  },
  {
    says: 'a late block of Saturday does not reach into Sunday',
    rules: ['U2'],
    file: 'shared/src/hours/blocks.ts',
    from: 'WEEK_MIN - later < b.to - b.from',
    to: 'false',
    tests: grid,
  },
  {
    says: 'a form that ends before it begins makes a night of it',
    rules: ['U2'],
    file: `${hours}/grid.ts`,
    from: 'overNight && end <= from',
    to: 'end <= from',
    tests: grid,
  },
  {
    says: 'the focus stays behind where a block was moved from',
    rules: ['U17'],
    file: `${ui}/WeekGrid.tsx`,
    from: 'wanted.value = placed.id;',
    to: '',
    tests: screen,
  },
  {
    says: 'Shift and an arrow move a block instead of resizing it',
    rules: ['U17'],
    file: `${ui}/WeekGrid.tsx`,
    from: 'return shiftKey ? resized(block, step) : moved(block, step);',
    to: 'return moved(block, step);',
    tests: screen,
  },
  {
    says: 'what the window of a block refuses closes it',
    rules: ['U18'],
    file: `${ui}/BlockDialog.tsx`,
    from: "const refuse = (at: Wrong['at'], says: string) => void (wrong.value = { at, says });",
    to: "const refuse = (at: Wrong['at'], says: string) => { wrong.value = { at, says }; onClose(); };",
    tests: screen,
  },
  {
    says: 'a key after a drag on the week grid does nothing',
    rules: ['U17', 'U18'],
    file: `${ui}/WeekGrid.tsx`,
    from: 'detail === 0 || !wasDrag()',
    to: '!wasDrag()',
    tests: ['tests/browser/hours.test.ts'],
  },
  {
    says: 'a window that closed takes the next one with it',
    rules: ['U17'],
    file: 'console/src/ui/Dialog.tsx',
    from: 'if (!gone.current) onClose();',
    to: 'onClose();',
    tests: screen,
  },
];
