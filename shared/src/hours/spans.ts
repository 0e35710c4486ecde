import type { Interval } from '../protocol/status.ts';
import { WEEKDAYS } from '../weekdays.ts';
import { dateOf, minuteOf, weekdayOf } from './calendar.ts';
import { isSchoolHoliday } from './holidays.ts';
import type { Schedule } from './schedule.ts';
import { momentOf } from './zone.ts';

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
  // What the week grid carries over midnight ends there when the next day has a plan of its own.
  const cut = !dated && planOf(schedule, day + 1).dated;

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
  readonly open: readonly Interval[];
}

function planOf({ week, exceptions, holidays }: Schedule, day: number): Plan {
  const date = dateOf(day);
  const exception = exceptions.find(({ from, to }) => from <= date && date <= to);
  if (exception) return { dated: true, open: exception.why ? [] : exception.open };
  if (holidays === 'closed' && isSchoolHoliday(day)) return { dated: true, open: [] };
  return { dated: false, open: week[WEEKDAYS[weekdayOf(day)] ?? 'sunday'] };
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
