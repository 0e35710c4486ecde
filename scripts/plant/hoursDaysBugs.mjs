/** In what is chosen for days: holidays, closures, dated openings. */
const days = ['tests/hours/days.test.ts'];
const dates = ['tests/wire/settingsDates.test.ts'];
const screen = ['Week', 'Days', 'Rules', 'Today', 'Saving'].map((part) => `tests/console/hours${part}.test.tsx`);
const hours = 'console/src/model/hours';
const centre = 'server/src/centre';

/** @type {import('./bugs.mjs').Bug[]} */
export const hoursDaysBugs = [
  {
    says: 'what was said of other days goes with the days that are chosen',
    rules: ['U3'],
    file: `${hours}/days.ts`,
    from: '...(one.from < from ? [{ ...one, to: before }] : [])',
    to: '...[]',
    tests: days,
  },
  {
    says: 'a yes to a holiday closes the day on which it was to be open',
    rules: ['U4'],
    file: `${hours}/days.ts`,
    from: '.filter((date) => datedOn(schedule, date) === null)',
    to: '.filter(() => true)',
    tests: days,
  },
  {
    says: 'a holiday that is open as any week keeps the hours of the week before',
    rules: ['U4'],
    file: `${hours}/days.ts`,
    from: "one.confirmed && one.is === 'open'",
    to: "!one.confirmed && one.is === 'open'",
    tests: days,
  },
  {
    says: 'nobody is asked about a holiday that began',
    rules: ['U5'],
    file: `${hours}/days.ts`,
    from: '.filter(({ to }) => to >= today)',
    to: '.filter(({ from }) => from > today)',
    tests: days,
  },
  {
    says: 'a dated opening may begin at an hour that clocks jump over',
    rules: ['U6'],
    file: 'shared/src/hours/wishes.ts',
    from: 'if (!isShown(day, start, timezone) || !isShown(endsOn, end, timezone)) return day;',
    to: 'if (!isShown(endsOn, end, timezone)) return day;',
    tests: days,
  },
  {
    says: 'the form takes a dated opening at an hour that does not exist',
    rules: ['U6'],
    file: `${hours}/daysForm.ts`,
    from: 'if (missing !== undefined)',
    to: "if (missing === '')",
    tests: screen,
  },
  {
    says: 'days that are past fill the document until nobody can close today',
    rules: ['U25'],
    file: `${centre}/settings.rules.ts`,
    from: 'one.to < first;',
    to: "one.to < '';",
    tests: dates,
  },
  {
    says: 'a save forgets the plan of yesterday, whose evening still runs',
    rules: ['U25'],
    file: 'shared/src/hours/past.ts',
    from: 'dateOf(today - LOOK_BACK_DAYS)',
    to: 'date',
    tests: dates,
  },
  {
    says: 'a holiday that runs is asked about again once part of it is past',
    rules: ['U25'],
    file: 'shared/src/hours/past.ts',
    from: 'return running && running.from < recent ? running.from : recent;',
    to: 'return recent;',
    tests: dates,
  },
  {
    says: 'a yes to a holiday closes its days for the reason of today',
    rules: ['U4'],
    file: `${hours}/days.ts`,
    from: 'within && !last.why && !one.why && isSame',
    to: 'within && isSame',
    tests: ['tests/hours/midnight.test.ts'],
  },
  {
    says: 'who looked at the hours of some days has changed them',
    rules: ['U30'],
    file: `${hours}/daysForm.ts`,
    from: "const is = of ? kindOf(schedule, of) : 'closed';",
    to: "const is = of && of.open.length > 0 ? 'limited' : 'closed';",
    tests: screen,
  },
  {
    says: 'a closure that is made shorter stays as long as it was',
    rules: ['U30'],
    file: `${hours}/daysForm.ts`,
    from: 'of === null ? schedule : withoutDays(schedule, of.from, of.to)',
    to: 'schedule',
    tests: screen,
  },
  {
    says: 'the night that runs still is taken for one that is over',
    rules: ['U6'],
    file: 'console/src/model/hours/daysForm.ts',
    from: 'last < firstDateKept(dayOf(today))',
    to: 'last < today',
    tests: ['tests/hours/days.test.ts'],
  },
];
