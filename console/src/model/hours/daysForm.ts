import { intervalOf, overlap } from '@clbchat/shared/hours/blocks';
import { dateOf, dayOf, weekdayOf } from '@clbchat/shared/hours/calendar';
import { firstDateKept } from '@clbchat/shared/hours/past';
import type { Schedule } from '@clbchat/shared/hours/schedule';
import { missingIn, wishClashes } from '@clbchat/shared/hours/wishes';
import type { Holiday, Interval } from '@clbchat/shared/protocol/status';
import {
  confirmed,
  daysOf,
  hoursWithin,
  kindOf,
  stateOf,
  withDays,
  withoutDays,
  type Choice,
  type Dated,
} from './days.ts';
import { fromForm } from './grid.ts';

/** One opening as it is typed: two times of the wall. */
export interface Typed {
  readonly begins: string;
  readonly ends: string;
  /** it stood so over midnight: an end before its beginning is of the next day */
  readonly overNight: boolean;
}

/** What somebody typed about some days. */
export interface DaysWish {
  readonly is: Choice['is'];
  readonly first: string;
  readonly last: string;
  readonly spans: readonly Typed[];
  /** days of the week on which these hours hold */
  readonly on: readonly number[];
}

type Judged =
  | { readonly ok: true; readonly choice: Choice }
  | { readonly ok: false; readonly why: 'dates' | 'order' | 'past' | 'far' | 'times' | 'span' | 'overlap' | 'noDay' }
  /** on this day clocks jump over it */
  | { readonly ok: false; readonly why: 'no_hour'; readonly date: string };

const no = (why: Exclude<Exclude<Judged, { ok: true }>['why'], 'no_hour'>): Judged => ({ ok: false, why });

/**
 * Everything that a form about days can be refused for, the dates first.
 *
 * @param of what stands there already, which these days take the place of
 * @param today by the centre's calendar: what is over by then would be kept nowhere [U25]
 */
export function daysWished(
  { is, first, last, spans, on }: DaysWish,
  schedule: Schedule,
  of: Holiday | Dated | null = null,
  today = '',
): Judged {
  if (!first || !last) return no('dates');
  if (last < first) return no('order');
  // the night that began yesterday may run still
  if (today !== '' && last < firstDateKept(dayOf(today))) return no('past');
  const dates = { ...schedule, exceptions: [{ from: first, to: last, open: [] }] };
  if (wishClashes(dates).some(({ path }) => path.startsWith('schedule.exceptions'))) return no('far');
  const rest = restOf(schedule, of);
  // a night of a neighbour, or one that goes on into a neighbour [U42]
  const judged = (choice: Choice): Judged => {
    const made = withDays(rest, first, last, choice);
    const meets = wishClashes(made).some(({ path, code }) => {
      const one = path.startsWith('schedule.exceptions.') ? made.exceptions[Number(path.split('.')[2])] : undefined;
      return code === 'overlap' && one !== undefined && one.from <= last && one.to >= first;
    });
    return meets ? no('overlap') : { ok: true, choice };
  };
  if (is !== 'limited') return judged({ is });
  const blocks = spans.flatMap(({ begins, ends, overNight }) => fromForm(0, begins, ends, overNight) ?? []);
  if (blocks.length < spans.length) return no('times');
  if (blocks.some(({ from, to }) => to <= from)) return no('span');
  if (blocks.some((one, at) => blocks.some((other, after) => after > at && overlap(one, other)))) return no('overlap');
  const opened = daysOf(first, last).filter((day) => on.includes(weekdayOf(day)));
  if (opened.length === 0) return no('noDay');
  const open = blocks.map(intervalOf);
  const missing = opened
    .map(dateOf)
    .find((date) => open.some((one) => missingIn(date, date, one, schedule.timezone) !== null));
  if (missing !== undefined) return { ok: false, why: 'no_hour', date: missing };
  return judged({ is, days: on, open });
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 0];
const SCHOOL_DAYS = [1, 2, 3, 4, 5];
const USUAL: readonly Interval[] = [{ from: '17:00', to: '20:00' }];

/** A field for a time knows no 24:00. */
const typed = ({ from, to }: Interval): Typed => ({
  begins: from,
  ends: to === '24:00' ? '00:00' : to,
  overNight: to <= from,
});

/** What stands on a holiday, on days that have a plan of their own, or, for new ones, what is proposed for today [U30]. */
export function wishThatStands(schedule: Schedule, of: Holiday | Dated | null, today: string): DaysWish {
  const dates = { first: of?.from ?? today, last: of?.to ?? today };
  if (!of || !isHoliday(of)) {
    const open = of && of.open.length > 0 ? of.open : USUAL;
    const is = of ? kindOf(schedule, of) : 'closed';
    return { is, ...dates, spans: open.map(typed), on: EVERY_DAY };
  }
  const { is } = stateOf(schedule, of);
  const stands = is === 'limited' ? hoursWithin(schedule, of) : [];
  const on = EVERY_DAY.filter((day) => stands.some(({ weekdays }) => weekdays.includes(day)));
  const open = stands[0]?.open ?? USUAL;
  return { is, ...dates, spans: open.map(typed), on: stands.length > 0 ? on : SCHOOL_DAYS };
}

/** What stands beside the days that are changed. */
const restOf = (schedule: Schedule, of: Holiday | Dated | null): Schedule =>
  of === null ? schedule : withoutDays(schedule, of.from, of.to);

const isHoliday = (of: Holiday | Dated): of is Holiday => 'name' in of;

/** As the days are after *Klaar*: nothing is said anew by who changed nothing [U30]. */
export function wished(schedule: Schedule, of: Holiday | Dated | null, wish: DaysWish, choice: Choice, today: string) {
  const isUntouched = of !== null && JSON.stringify(wish) === JSON.stringify(wishThatStands(schedule, of, today));
  if (isUntouched) return isHoliday(of) ? confirmed(schedule, of) : schedule;
  const rest = restOf(schedule, of);
  return withDays(rest, wish.first, wish.last, choice);
}
