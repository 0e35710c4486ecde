import { blockOf, type Block } from '@clbchat/shared/hours/blocks';
import { dateOf, dayOf, weekdayOf, yearOf } from '@clbchat/shared/hours/calendar';
import { schoolHolidays } from '@clbchat/shared/hours/holidays';
import { firstDateKept } from '@clbchat/shared/hours/past';
import type { Schedule } from '@clbchat/shared/hours/schedule';
import type { Holiday, Interval } from '@clbchat/shared/protocol/status';
import { WEEKDAYS } from '@clbchat/shared/weekdays';

export type Dated = Schedule['exceptions'][number];
type Open = readonly Interval[];

/** What somebody chooses for days: closed, the ordinary week, or hours of their own on some days of the week. */
export type Choice =
  | { readonly is: 'closed' }
  | { readonly is: 'open' }
  | { readonly is: 'limited'; readonly days: readonly number[]; readonly open: Open };

export interface HolidayState {
  readonly holiday: Holiday;
  /** every day of it has a plan of its own, which is somebody's choice */
  readonly confirmed: boolean;
  /** what holds, chosen or not */
  readonly is: Choice['is'];
}

const DAY_MIN_AHEAD = 30;

const planOf = ({ week }: Schedule, day: number): Open => week[WEEKDAYS[weekdayOf(day)] ?? 'sunday'];
const datedOn = ({ exceptions }: Schedule, date: string) =>
  exceptions.find(({ from, to }) => from <= date && date <= to) ?? null;
const isSame = (a: Open, b: Open) => JSON.stringify(a) === JSON.stringify(b);
/** Days since 1970, both included. */
export function daysOf(from: string, to: string): number[] {
  const first = dayOf(from);
  return Array.from({ length: Math.max(0, dayOf(to) - first + 1) }, (_, at) => first + at);
}

/** What is said of these days takes the place of what was said of them, and of no other day. */
export function withDays(schedule: Schedule, from: string, to: string, choice: Choice): Schedule {
  const rest = withoutDays(schedule, from, to);
  return { ...rest, exceptions: inOrder([...rest.exceptions, ...datesFor(schedule, from, to, choice)]) };
}

/** These days have no plan of their own any more: the week, or a school holiday, has its say again. */
export function withoutDays(schedule: Schedule, from: string, to: string): Schedule {
  const before = dateOf(dayOf(from) - 1);
  const after = dateOf(dayOf(to) + 1);
  const exceptions = schedule.exceptions.flatMap((one): Dated[] => {
    if (one.to < from || one.from > to) return [one];
    return [...(one.from < from ? [{ ...one, to: before }] : []), ...(one.to > to ? [{ ...one, from: after }] : [])];
  });
  return { ...schedule, exceptions };
}

/** Without what is past and says nothing of this day (since 1970) any more: the service keeps none of it [U25]. */
export function withoutPast(schedule: Schedule, today: number): Schedule {
  const first = firstDateKept(today);
  return { ...schedule, exceptions: schedule.exceptions.filter(({ to }) => to >= first) };
}

function datesFor(schedule: Schedule, from: string, to: string, choice: Choice): Dated[] {
  const openOn = (day: number): Interval[] => {
    if (choice.is === 'closed') return [];
    if (choice.is === 'open') return [...planOf(schedule, day)];
    return choice.days.includes(weekdayOf(day)) ? [...choice.open] : [];
  };
  const dates: Dated[] = [];
  for (const day of daysOf(from, to)) {
    const [last, open, date] = [dates.at(-1), openOn(day), dateOf(day)];
    if (last && isSame(last.open, open)) dates[dates.length - 1] = { ...last, to: date };
    else dates.push({ from: date, to: date, open });
  }
  return dates;
}

const inOrder = (exceptions: readonly Dated[]) => exceptions.toSorted((a, b) => (a.from < b.from ? -1 : 1));

/** The school holidays that run on this day or come after it, of this school year and the next. */
export function holidaysFrom(schedule: Schedule, today: string): HolidayState[] {
  const year = yearOf(dayOf(today));
  return [year - 1, year, year + 1]
    .flatMap(schoolHolidays)
    .filter(({ to }) => to >= today)
    .filter(({ from }) => from < `${yearOf(dayOf(today) + 365)}-09-01`)
    .map((holiday) => stateOf(schedule, holiday));
}

/** What holds on a day of a school holiday. */
function holdsOn(schedule: Schedule, day: number): Open {
  const dated = datedOn(schedule, dateOf(day));
  if (dated) return dated.why ? [] : dated.open;
  return schedule.holidays === 'closed' ? [] : planOf(schedule, day);
}

/** The same hours on some days of a holiday. */
export interface HoursWithin {
  readonly open: Open;
  readonly dates: readonly string[];
  readonly weekdays: readonly number[];
  /** no such day of the week within the holiday has other hours, or none */
  readonly weekly: boolean;
}

/** When a holiday is open, one entry for days with the same hours; none where it is closed [U30]. */
export function hoursWithin(schedule: Schedule, { from, to }: Holiday): HoursWithin[] {
  const days = daysOf(from, to);
  const found = days.map((day) => holdsOn(schedule, day)).filter((open) => open.length > 0);
  const kinds = found.filter((open, at) => found.findIndex((one) => isSame(one, open)) === at);
  return kinds.map((open) => {
    const own = days.filter((day) => isSame(holdsOn(schedule, day), open));
    const weekdays = [...new Set(own.map(weekdayOf))];
    const weekly = days.filter((day) => weekdays.includes(weekdayOf(day))).length === own.length;
    return { open, dates: own.map(dateOf), weekdays, weekly };
  });
}

export function stateOf(schedule: Schedule, holiday: Holiday): HolidayState {
  const days = daysOf(holiday.from, holiday.to);
  return {
    holiday,
    confirmed: days.every((day) => datedOn(schedule, dateOf(day)) !== null),
    is: kindOf(schedule, holiday),
  };
}

/** What holds on these days, as one of the three that can be chosen for them. */
export function kindOf(schedule: Schedule, { from, to }: { from: string; to: string }): Choice['is'] {
  const days = daysOf(from, to);
  if (days.every((day) => holdsOn(schedule, day).length === 0)) return 'closed';
  return days.every((day) => isSame(holdsOn(schedule, day), planOf(schedule, day))) ? 'open' : 'limited';
}

/** Whether some of these days are open when the week is closed: nobody calls that limited. */
export function reachesBeyond(schedule: Schedule, { from, to }: { from: string; to: string }): boolean {
  const isWithin = (one: Block) => (other: Block) => other.from <= one.from && one.to <= other.to;
  const blocks = (open: Open) => open.map((one) => blockOf(0, one));
  return daysOf(from, to).some((day) => {
    const usual = blocks(planOf(schedule, day));
    return blocks(holdsOn(schedule, day)).some((one) => !usual.some(isWithin(one)));
  });
}

/** Says yes to what holds: days of it that somebody chose for already stay as they are. */
export function confirmed(schedule: Schedule, holiday: Holiday): Schedule {
  const choice: Choice = { is: schedule.holidays === 'closed' ? 'closed' : 'open' };
  return daysOf(holiday.from, holiday.to)
    .map(dateOf)
    .filter((date) => datedOn(schedule, date) === null)
    .reduce((made, date) => joined(withDays(made, date, date, choice), holiday), schedule);
}

/** Neighbours with the same hours are one, within the holiday. A day that was closed now stays by itself: its reason is no other's. */
function joined(schedule: Schedule, { from, to }: Holiday): Schedule {
  const exceptions: Dated[] = [];
  for (const one of inOrder(schedule.exceptions)) {
    const last = exceptions.at(-1);
    const within = last && last.from >= from && one.to <= to && dayOf(last.to) + 1 === dayOf(one.from);
    if (within && !last.why && !one.why && isSame(last.open, one.open))
      exceptions[exceptions.length - 1] = { ...last, to: one.to };
    else exceptions.push(one);
  }
  return { ...schedule, exceptions };
}

/** The first holiday within 30 days, or running, that nobody confirmed. */
export function toConfirm(schedule: Schedule, today: string): { state: HolidayState; inDays: number } | null {
  const state = holidaysFrom(schedule, today).find((one) => !one.confirmed);
  if (!state) return null;
  const inDays = Math.max(0, dayOf(state.holiday.from) - dayOf(today));
  return inDays <= DAY_MIN_AHEAD ? { state, inDays } : null;
}

/** Another week. A holiday that was chosen to be as any week is as the new one; other dated days stay. */
export function withWeek(schedule: Schedule, week: Schedule['week'], today: string): Schedule {
  const follow = holidaysFrom(schedule, today).filter((one) => one.confirmed && one.is === 'open');
  const rewritten = { ...schedule, week };
  return follow.reduce(
    (made, { holiday: { from, to } }) => withDays(made, from < today ? today : from, to, { is: 'open' }),
    rewritten,
  );
}

/** Dated days that are no school holiday's, the running and coming ones first. */
export function ownDays(schedule: Schedule, today: string): Dated[] {
  const states = [yearOf(dayOf(today)) - 1, yearOf(dayOf(today)), yearOf(dayOf(today)) + 1]
    .flatMap(schoolHolidays)
    .map((holiday) => stateOf(schedule, holiday))
    .filter((one) => one.confirmed);
  return schedule.exceptions.filter(
    ({ from, to }) => !states.some(({ holiday }) => holiday.from <= from && to <= holiday.to),
  );
}
