import type { CalendarMoment } from '../protocol/status.ts';
import { dateOf, timeOf, weekdayOf } from './calendar.ts';
import type { Schedule } from './schedule.ts';
import { openSpans, shutOnDay, type Span } from './spans.ts';
import { momentOf, wallTimeAt } from './zone.ts';

/**
 * A time in which nothing about being open changes. `fromMs`: when this opening began, or where none is the one before
 * it; one that has lasted longer counts from the midnight before yesterday's, and 0 is none for days.
 */
export type Stretch = { readonly fromMs: number } & (
  | { readonly open: true; readonly endsMs: number | null }
  | { readonly open: false; readonly sinceMs: number | null; readonly next: Opening | null }
);

interface Opening {
  readonly atMs: number;
  readonly moment: CalendarMoment;
}

interface Remembered {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly stretch: Stretch;
}

export const LOOK_BACK_DAYS = 2; //      an opening begins a day before it ends at most, draining takes hours
const LOOK_AHEAD_DAYS = 14; //    an opening that lasts longer has no end in sight
const NEXT_OPENING_DAYS = 400;

// A schedule is never changed in place, so what was worked out for it stays true until the stretch is over.
const remembered = new WeakMap<Schedule, Remembered>();

export function stretchAt(nowMs: number, schedule: Schedule): Stretch {
  const earlier = remembered.get(schedule);
  if (earlier && earlier.fromMs <= nowMs && nowMs < earlier.untilMs) return earlier.stretch;

  const { stretch, untilMs } = workOut(nowMs, schedule);
  remembered.set(schedule, { fromMs: nowMs, untilMs, stretch });
  return stretch;
}

export function calendarMoment(ms: number, timezone: string): CalendarMoment {
  const { day, minute } = wallTimeAt(ms, timezone);
  return { day: weekdayOf(day), time: timeOf(minute), date: dateOf(day) };
}

function workOut(nowMs: number, schedule: Schedule): { stretch: Stretch; untilMs: number } {
  const { timezone } = schedule;
  const today = wallTimeAt(nowMs, timezone).day;
  const midnightOf = (day: number) => momentOf({ day, minute: 0 }, timezone, 'first');
  const horizon = today + LOOK_AHEAD_DAYS;
  const spans = openSpans(schedule, today - LOOK_BACK_DAYS, horizon);

  const current = spans.find(({ fromMs, toMs }) => fromMs <= nowMs && nowMs < toMs);
  if (current) {
    const endsMs = current.toMs < midnightOf(horizon) ? current.toMs : null;
    // what lies behind is looked at anew each day, so that the answer depends on nothing but the moment
    const untilMs = Math.min(endsMs ?? Infinity, midnightOf(today + 1));
    return { stretch: { open: true, endsMs, fromMs: current.fromMs }, untilMs };
  }
  const next = spans.find(({ fromMs }) => fromMs > nowMs) ?? laterThan(horizon, today, schedule);
  const opening = next ? { atMs: next.fromMs, moment: calendarMoment(next.fromMs, timezone) } : null;
  const before = spans.findLast(({ toMs }) => toMs <= nowMs);
  // nobody drains on a day that was closed before its time: what was cut at its midnight did not end as it does every day
  const sinceMs = shutOnDay(schedule, today) ? null : (before?.toMs ?? null);
  const stretch: Stretch = { open: false, sinceMs, next: opening, fromMs: before?.fromMs ?? 0 };
  return { stretch, untilMs: Math.min(next?.fromMs ?? Infinity, midnightOf(today + 1)) };
}

function laterThan(horizon: number, today: number, schedule: Schedule): Span | undefined {
  for (let day = horizon + 1; day <= today + NEXT_OPENING_DAYS; day += 7) {
    const [first] = openSpans(schedule, day, day + 6);
    if (first) return first;
  }
  return undefined;
}
