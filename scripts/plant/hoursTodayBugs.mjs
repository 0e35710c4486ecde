/** In what closes or lengthens today, at once. */
const wire = ['tests/wire/settings.test.ts'];
const dates = ['tests/wire/settingsDates.test.ts'];
const screen = ['Week', 'Days', 'Rules', 'Today', 'Saving'].map((part) => `tests/console/hours${part}.test.tsx`);
const hours = 'console/src/model/hours';
const ui = 'console/src/ui/hours';
const centre = 'server/src/centre';

/** @type {import('./bugs.mjs').Bug[]} */
export const hoursTodayBugs = [
  {
    says: 'a day that was closed before its time stays open',
    rules: ['U20'],
    file: 'shared/src/hours/spans.ts',
    from: 'if (exception?.why) return { dated: true, shut: true, open: [] };',
    to: '',
    tests: ['tests/hours/today.test.ts'],
  },
  {
    says: 'the evening before goes on into a day that was closed',
    rules: ['U20'],
    file: 'shared/src/hours/spans.ts',
    from: 'next.shut || ',
    to: '',
    tests: ['tests/hours/midnight.test.ts'],
  },
  {
    says: 'who waits shortly after midnight is not told that it was closed',
    rules: ['U20'],
    file: 'shared/src/hours/stretch.ts',
    from: 'shutOnDay(schedule, today) ? null : ',
    to: '',
    tests: ['tests/hours/midnight.test.ts'],
  },
  {
    says: 'a day that was closed for a while keeps a plan of its own',
    rules: ['U20'],
    file: `${hours}/today.ts`,
    from: 'if (stood === null) return withoutDays(schedule, date, date);',
    to: '',
    tests: ['tests/hours/midnight.test.ts'],
  },
  {
    says: 'an evening that was closed cannot be opened again after midnight',
    rules: ['U20'],
    file: 'shared/src/hours/spans.ts',
    from: 'return !cut && before.open.some(runs) ?',
    to: "return cut && before.why === 'technical' ?",
    tests: ['tests/hours/midnight.test.ts'],
  },
  {
    says: 'an evening that goes on over midnight cannot be closed',
    rules: ['U20'],
    file: `${hours}/today.ts`,
    from: 'openSpans(schedule, today - 1, today)',
    to: 'openSpans(schedule, today, today)',
    tests: ['tests/hours/midnight.test.ts'],
  },
  {
    says: 'what closing a day left of a plan that stood is refused',
    rules: ['U9'],
    file: `${centre}/settings.rules.ts`,
    from: '(isPart || isWhole) &&',
    to: 'one.to === other.to && one.from === other.from &&',
    tests: dates,
  },
  {
    says: 'open longer tonight closes the evening before that still runs',
    rules: ['U21'],
    file: `${hours}/today.ts`,
    from: '[...carriedInto(schedule, date), ...open]',
    to: 'open',
    tests: ['tests/hours/midnight.test.ts'],
  },
  {
    says: 'the visitor does not read why it is closed',
    rules: ['U20'],
    file: 'widget/src/ending/WhenOpen.tsx',
    from: '{isTrue && ',
    to: '{false && ',
    tests: ['tests/widget/noChat.test.tsx'],
  },
  {
    says: 'closing at once saves what was not to be saved yet',
    rules: ['U20'],
    file: `${hours}/page.ts`,
    from: 'let answer = await api.write(base.rev, applied(base.settings));',
    to: 'let answer = await api.write(base.rev, applied(draft.peek()));',
    tests: ['tests/hours/today.test.ts'],
  },
  {
    says: 'longer may be earlier',
    rules: ['U21'],
    file: `${hours}/today.ts`,
    from: 'untilMin <= last.to || ',
    to: '',
    tests: ['tests/hours/today.test.ts'],
  },
  {
    says: 'hours that stood so before hold somebody back from closing now',
    rules: ['U9', 'U20'],
    file: `${centre}/settings.rules.ts`,
    from: 'newClashes(parsed.centre.schedule, standing.schedule)',
    to: 'wishClashes(parsed.centre.schedule)',
    tests: wire,
  },
  {
    says: 'all is called saved when only today was changed at once',
    rules: ['U31'],
    file: `${hours}/page.ts`,
    from: "said.value = changed.peek() ? 'at_once' : 'saved';",
    to: "said.value = 'saved';",
    tests: screen,
  },
  {
    says: 'what acts at once closes its window whatever became of it',
    rules: ['U90'],
    file: `${ui}/Today.tsx`,
    from: "(is.value === 'written' || is.value === 'same')) onDone();",
    to: 'is.value) onDone();',
    tests: ['tests/console/hoursToday.test.tsx'],
  },
  {
    says: 'closing now that was not heard of is told as changes that stand on the page',
    rules: ['U90'],
    file: `${hours}/page.ts`,
    from: "answer.is === 'not_yours' ? 'not_yours' : 'today_unsure'",
    to: "answer.is === 'not_yours' ? 'not_yours' : 'unreachable'",
    tests: ['tests/hours/today.test.ts'],
  },
  {
    says: 'longer open is until a time that has passed',
    rules: ['U31'],
    file: `${ui}/Today.tsx`,
    from: 'Math.max(endOn(page.holds.peek(), today) ?? DAY_MIN, minuteOf(page.time.peek()))',
    to: '(endOn(page.holds.peek(), today) ?? DAY_MIN)',
    tests: screen,
  },
];
