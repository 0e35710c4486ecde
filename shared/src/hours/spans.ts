import type { Interval, ShutReason } from '../protocol/status.ts';
import { WEEKDAYS } from '../weekdays.ts';
import { dateOf, minuteOf, weekdayOf } from './calendar.ts';
import { isSchoolHoliday } from './holidays.ts';
import type { Schedule } from './schedule.ts';
import { momentOf, type WallTime } from './zone.ts';

/** One uninterrupted opening, in milliseconds since 1970. `toMs` is the first moment at which it is closed. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Every opening that begins on one of these days (days since 1970, both included), in order, those that touch or
 * overlap made into one.
 */
export function openSpans(schedule: Schedule, firstDay: number, lastDay: number): Span[] {
  const spans: Span[] = [];
  for (let day = firstDay; day <= lastDay; day += 1) spans.push(...spansOf(schedule, day));
  return merged(spans);
}

function spansOf(schedule: Schedule, day: number): Span[] {
  const { timezone } = schedule;
  const { dated, open } = planOf(schedule, day);
  const next = planOf(schedule, day + 1);
  // What the week grid carries over midnight ends there when the next day has a plan of its own, and everything does
  // when somebody closed that day before its time.
  const cut = next.shut || (!dated && next.dated);

  return open.flatMap(({ from, to }) => {
    const [start, end] = [minuteOf(from), minuteOf(to)];
    const pastMidnight = end <= start;
    const until = pastMidnight ? { day: day + 1, minute: cut ? 0 : end } : { day, minute: end };
    const span = {
      fromMs: momentOf({ day, minute: start }, timezone, 'first'),
      toMs: momentOf(until, timezone, 'second'),
    };
    return span.toMs > span.fromMs ? [span] : []; // clocks may jump over a whole opening
  });
}

interface Plan {
  /** the week grid has no say on this day */
  readonly dated: boolean;
  /** somebody closed it before its time: nothing is open on it, whenever it began */
  readonly shut: boolean;
  readonly open: readonly Interval[];
}

function planOf({ week, exceptions, holidays }: Schedule, day: number): Plan {
  const exception = exceptionOn(exceptions, day);
  if (exception?.why) return { dated: true, shut: true, open: [] };
  if (exception) return { dated: true, shut: false, open: exception.open };
  if (holidays === 'closed' && isSchoolHoliday(day)) return { dated: true, shut: false, open: [] };
  return { dated: false, shut: false, open: week[WEEKDAYS[weekdayOf(day)] ?? 'sunday'] };
}

/** Why somebody closed this day (since 1970) before its time. */
export const shutOnDay = ({ exceptions }: Schedule, day: number) => exceptionOn(exceptions, day)?.why;

/** The day (since 1970) whose closing before its time still counts at this moment: today, or yesterday until its night would end. */
export function shutAt({ day, minute }: WallTime, schedule: Schedule): { day: number; why: ShutReason } | null {
  const today = shutOnDay(schedule, day);
  if (today) return { day, why: today };
  const before = exceptionOn(schedule.exceptions, day - 1);
  if (!before?.why) return null;
  const cut = before.stood === null && planOf(schedule, day).dated;
  const runs = ({ from, to }: Interval) => minuteOf(to) <= minuteOf(from) && minute < minuteOf(to);
  return !cut && before.open.some(runs) ? { day: day - 1, why: before.why } : null;
}

function exceptionOn(exceptions: Schedule['exceptions'], day: number) {
  const date = dateOf(day);
  return exceptions.find(({ from, to }) => from <= date && date <= to);
}

function merged(spans: Span[]): Span[] {
  const made: Span[] = [];
  for (const span of spans.sort((a, b) => a.fromMs - b.fromMs)) {
    const last = made.at(-1);
    if (last && span.fromMs <= last.toMs) made[made.length - 1] = { ...last, toMs: Math.max(last.toMs, span.toMs) };
    else made.push(span);
  }
  return made;
}
