/** On screens of staff: the hours by the service's clock, the nights between plans, and coming in. */

/** @type {import('./bugs.mjs').Bug[]} */
export const mendBugs = [
  {
    says: 'a computer whose clock is of another day closes its own day',
    rules: ['U41'],
    file: 'console/src/model/hours/page.ts',
    from: 'aheadMs.value = found.nowMs - nowMs();',
    to: '',
    tests: ['tests/hours/today.test.ts'],
  },
  {
    says: 'a night of the plan before may run into openings of the next',
    rules: ['U42'],
    file: 'shared/src/hours/wishes.ts',
    from: 'return isBefore || isAfter;',
    to: 'return isAfter;',
    tests: ['tests/wire/settingsDates.test.ts'],
  },
  {
    says: 'the window of some days takes a night that runs into the plan of the next day',
    rules: ['U42'],
    file: 'console/src/model/hours/daysForm.ts',
    from: "return meets ? no('overlap') : { ok: true, choice };",
    to: 'return { ok: true, choice };',
    tests: ['tests/hours/days.test.ts'],
  },
];
