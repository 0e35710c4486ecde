/** In the switch that everybody at work shares. */
const pure = ['tests/hours/shutDoor.test.ts'];
const wire = ['tests/wire/door.test.ts'];
const screen = ['tests/console/door.test.tsx'];

/** @type {import('./bugs.mjs').Bug[]} */
export const doorBugs = [
  {
    says: 'a door that was shut stays shut for good where no end is in sight',
    rules: ['H31'],
    file: 'shared/src/hours/shutDoor.ts',
    from: 'stretch.endsMs ?? midnight',
    to: 'stretch.endsMs ?? Infinity',
    tests: pure,
  },
  {
    says: 'a door that was shut is shut on the next evening, too',
    rules: ['H31'],
    file: 'shared/src/hours/shutDoor.ts',
    from: 'return shut && nowMs < shut.untilMs ? shut : null;',
    to: 'return shut;',
    tests: pure,
  },
  {
    says: 'a shut door lets in who comes',
    rules: ['H30'],
    file: 'shared/src/hours/hours.ts',
    from: 'if (shut) return shutState(shut, nowMs);',
    to: '',
    tests: [...pure, ...wire],
  },
  {
    says: 'a visitor does not read why nobody new comes in',
    rules: ['H30'],
    file: 'server/src/hours/status.rules.ts',
    from: "? ('line' as const)",
    to: '? undefined',
    tests: wire,
  },
  {
    says: 'the same press at the door is written down twice',
    rules: ['H31'],
    file: 'server/src/centre/door.http.ts',
    from: "if (said.shut !== (is === 'shut'))",
    to: 'if (true)',
    tests: wire,
  },
  {
    says: 'desks do not hear that somebody shut the door',
    rules: ['H30'],
    file: 'server/src/queue/queue.job.ts',
    from: '      deskHours(),\n',
    to: '',
    tests: wire,
  },
  {
    says: 'on a phone nobody shuts the door',
    rules: ['H33'],
    file: 'console/src/ui/top/StatusMenu.tsx',
    from: "{desk.hours.value?.is === 'open' && (",
    to: '{false && (',
    tests: screen,
  },
  {
    says: 'arrows pass over the door in the menu',
    rules: ['H33'],
    file: 'console/src/ui/top/StatusMenu.tsx',
    from: "querySelectorAll<HTMLElement>('[role^=menuitem]')",
    to: "querySelectorAll<HTMLElement>('[role=menuitemradio]')",
    tests: screen,
  },
  {
    says: 'a counsellor reads nothing of a centre that is closed',
    rules: ['H32'],
    file: 'console/src/ui/DoorLine.tsx',
    from: "{is !== 'open' && (",
    to: "{is === 'shut' && (",
    tests: screen,
  },
  {
    says: 'a school that somebody added is a clash with the hours',
    rules: ['U40'],
    file: 'console/src/model/hours/page.ts',
    from: "if (answer.is !== 'stale' || !isSame(answer.now.settings, standing.peek().settings)) break;",
    to: 'break;',
    tests: ['tests/hours/page.test.ts'],
  },
];
