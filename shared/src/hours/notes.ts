import type { Holiday, Interval, ShutReason } from '../protocol/status.ts';
import { WEEKDAYS } from '../weekdays.ts';
import { dateOf, minuteOf, yearOf } from './calendar.ts';
import { schoolHolidays } from './holidays.ts';
import type { Schedule } from './schedule.ts';
import { shutAt } from './spans.ts';
import { calendarMoment, stretchAt } from './stretch.ts';
import { wallTimeAt } from './zone.ts';

/** The week grid as a person reads it: seven lists, Sunday first, in order, openings that overlap made into one. */
export function weekTable({ week }: Schedule): Interval[][] {
  return WEEKDAYS.map((day) => {
    const rows: Interval[] = [];
    for (const { from, to } of week[day].toSorted((a, b) => minuteOf(a.from) - minuteOf(b.from))) {
      const last = rows.at(-1);
      if (last && from <= endOf(last)) rows[rows.length - 1] = { from: last.from, to: later(last, { from, to }) };
      else rows.push({ from, to });
    }
    return rows;
  });
}

// An opening over midnight ends later than any time of its own day.
const endOf = ({ from, to }: Interval) => (to <= from ? '48:00' : to);
const later = (a: Interval, b: Interval) => {
  if (endOf(a) === endOf(b)) return a.to > b.to ? a.to : b.to;
  return endOf(a) > endOf(b) ? a.to : b.to;
};

/**
 * The running or the next school holiday in which the centre is closed throughout: one with a dated opening in it is
 * passed over, since a sentence about it would not be true.
 */
export function holidayNote(nowMs: number, { timezone, holidays, exceptions }: Schedule): Holiday | null {
  if (holidays === 'open') return null;
  const today = wallTimeAt(nowMs, timezone).day;
  const date = dateOf(today);
  const year = yearOf(today);
  const opened = exceptions.filter(({ open, why }) => open.length > 0 && !why);
  const next = [year - 1, year, year + 1]
    .flatMap(schoolHolidays)
    .find((day) => day.to >= date && !opened.some(({ from, to }) => from <= day.to && day.from <= to));
  return next ?? null;
}

/** Why it was closed before its time, today or in the night that would still run. */
export function shutToday(nowMs: number, schedule: Schedule): ShutReason | undefined {
  return shutAt(wallTimeAt(nowMs, schedule.timezone), schedule)?.why;
}

/** Time on the wall at which the running opening ends, `24:00` for midnight. Null when closed, or with no end in sight. */
export function closesAt(nowMs: number, schedule: Schedule): string | null {
  const stretch = stretchAt(nowMs, schedule);
  if (!stretch.open || stretch.endsMs === null) return null;
  const { time } = calendarMoment(stretch.endsMs, schedule.timezone);
  return time === '00:00' ? '24:00' : time;
}
