/** In how a block of the week over midnight is drawn and held. */
const screen = ['tests/console/hoursWeek.test.tsx'];
const grid = ['tests/hours/grid.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const weekBugs = [
  {
    says: 'what of a block lies after midnight is not drawn',
    rules: ['U50'],
    file: 'console/src/ui/hours/WeekGrid.tsx',
    from: 'return rest?.day === day && <Rest',
    to: 'return rest?.day === 9 && <Rest',
    tests: screen,
  },
  {
    says: 'what of a Sunday lies after midnight stands on no day',
    rules: ['U50'],
    file: 'console/src/model/hours/grid.ts',
    from: '{ day: (day + 1) % 7, from: 0,',
    to: '{ day: day + 1, from: 0,',
    tests: [...grid, ...screen],
  },
  {
    says: 'the grid begins after what lies behind midnight',
    rules: ['U50'],
    file: 'console/src/model/hours/grid.ts',
    from: '(rest ? [begins, rest] : [begins])',
    to: '[begins]',
    tests: grid,
  },
  {
    says: 'a screen reader meets a block over midnight twice',
    rules: ['U50'],
    file: 'console/src/ui/hours/WeekGrid.tsx',
    from: '      aria-hidden="true"\n      data-block',
    to: '      data-block',
    tests: screen,
  },
  {
    says: 'after the window of a block that was opened behind midnight the focus is lost',
    rules: ['U50'],
    file: 'console/src/ui/hours/WeekGrid.tsx',
    from: '`button[data-block="${block.id}"]`)?.focus()',
    to: '`button[data-block="${block.id}"]`)',
    tests: screen,
  },
  {
    says: 'only half of a block over midnight shows that it is chosen',
    rules: ['U50'],
    file: 'console/src/ui/hours/WeekGrid.tsx',
    from: 'onFocus={() => (held.value = block.id)}',
    to: 'onFocus={() => (held.value = null)}',
    tests: screen,
  },
];
