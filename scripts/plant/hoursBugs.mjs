/** In the hours and in what a centre may choose. */
const hours = ['tests/hours.test.ts'];
const status = ['tests/hours.status.test.ts'];
const centre = ['tests/centre.test.ts'];

const server = 'server/src';

/** @type {import('./bugs.mjs').Bug[]} */
export const hoursBugs = [
  {
    says: 'between two openings that touch the chat says that it closes',
    rules: ['H6'],
    file: 'shared/src/hours/spans.ts',
    from: 'span.fromMs <= last.toMs',
    to: 'span.fromMs < last.toMs',
    tests: hours,
  },
  {
    says: 'what is open day and night closes in two weeks',
    rules: ['H7'],
    file: 'shared/src/hours/stretch.ts',
    from: 'current.toMs < midnightOf(horizon) ? current.toMs : null',
    to: 'current.toMs',
    tests: hours,
  },
  {
    says: "a school's page may not read whether the chat is open",
    rules: ['H10'],
    file: `${server}/hours/hours.http.ts`,
    from: "    reply.header('access-control-allow-origin', '*');\n",
    to: '',
    tests: status,
  },
  {
    says: 'a page that lets in only what says so cannot read whether the chat is open',
    rules: ['H10'],
    file: `${server}/hours/hours.http.ts`,
    from: "    reply.header('cross-origin-resource-policy', 'cross-origin');\n",
    to: '',
    tests: status,
  },
  {
    says: 'a line in the log for each pupil who opens the page of the school',
    rules: ['H10'],
    file: `${server}/hours/hours.http.ts`,
    from: ", logLevel: 'silent' as const }",
    to: ' }',
    tests: status,
  },
  {
    says: 'the moment at which it gets busy shows that somebody came',
    rules: ['H11'],
    file: `${server}/hours/status.rules.ts`,
    from: '  if (mark === earlier.mark) return earlier;\n',
    to: '',
    tests: status,
  },
  {
    says: 'the chat says nothing of the holiday',
    rules: ['H12'],
    file: `${server}/hours/status.rules.ts`,
    from: 'holiday: holidayNote(nowMs, schedule),',
    to: 'holiday: null,',
    tests: status,
  },
  {
    says: 'the closed screen names a holiday in which the chat is open',
    rules: ['H13'],
    file: 'shared/src/hours/notes.ts',
    from: 'day.to >= date && !opened.some(',
    to: 'day.to >= date || opened.some(',
    tests: status,
  },
  {
    says: 'what a centre chose counts for nothing beside the default',
    rules: ['S1'],
    file: `${server}/centre/centre.rules.ts`,
    from: '{ ...defaultRules, ...Object.fromEntries(given) }',
    to: '{ ...Object.fromEntries(given), ...defaultRules }',
    tests: centre,
  },
  {
    says: 'a wrong document is told one mistake at a time',
    rules: ['S2'],
    file: `${server}/centre/centre.rules.ts`,
    from: 'read.issues.map(problemOf)',
    to: 'read.issues.slice(0, 1).map(problemOf)',
    tests: centre,
  },
  {
    says: 'one day may have two exceptions',
    rules: ['S4'],
    file: 'shared/src/hours/schedule.ts',
    from: '...(earlier >= 0',
    to: '...(earlier >= exceptions.length',
    tests: centre,
  },
  {
    says: 'an opening may begin when its day is over',
    rules: ['S4'],
    file: 'shared/src/hours/schedule.ts',
    from: "from === to || from === '24:00'",
    to: 'from === to',
    tests: centre,
  },
  {
    says: 'a star before a top-level domain lets everybody frame the chat',
    rules: ['S5'],
    file: 'shared/src/protocol/origin.ts',
    from: '(?=[^.]+\\.[^.]+)',
    to: '',
    tests: centre,
  },
  {
    says: 'the demonstration is closed at night',
    rules: ['S6'],
    file: `${server}/demo/centre.ts`,
    from: "open === 'always' ? alwaysOpen() : defaultSchedule()",
    to: 'defaultSchedule()',
    tests: centre,
  },
];
