/** On screens of staff: the hours by the service's clock, the nights between plans, and coming in. */

/** @type {import('./bugs.mjs').Bug[]} */
export const mendBugs = [
  {
    says: 'that all is saved stands at the foot for good',
    rules: ['D39'],
    file: 'console/src/model/hours/page.ts',
    from: 'passes && nowMs() - atMs >= PASSES_MS',
    to: "passes && says === 'at_once'",
    tests: ['tests/hours/page.test.ts'],
  },
  {
    says: 'what could not be saved is no longer said after a while',
    rules: ['D39'],
    file: 'console/src/model/hours/page.ts',
    from: 'passes && nowMs() - atMs >= PASSES_MS',
    to: 'nowMs() - atMs >= PASSES_MS',
    tests: ['tests/hours/page.test.ts'],
  },
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
