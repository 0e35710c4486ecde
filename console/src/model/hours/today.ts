import { blockOf, intervalOf, type Block } from '@clbchat/shared/hours/blocks';
import { dayOf, weekdayOf } from '@clbchat/shared/hours/calendar';
import { isSchoolHoliday } from '@clbchat/shared/hours/holidays';
import type { Schedule } from '@clbchat/shared/hours/schedule';
import type { Interval, ShutReason } from '@clbchat/shared/protocol/status';
import { WEEKDAYS } from '@clbchat/shared/weekdays';
import { withoutDays, type Dated } from './days.ts';
import { DAY_MIN } from './grid.ts';

const datedOn = ({ exceptions }: Schedule, date: string) =>
  exceptions.find(({ from, to }) => from <= date && date <= to) ?? null;

/** What holds on this day, or would if nobody had closed it before its time. */
function planOn(schedule: Schedule, date: string): readonly Interval[] {
  const dated = datedOn(schedule, date);
  if (dated) return dated.open;
  const day = dayOf(date);
  if (schedule.holidays === 'closed' && isSchoolHoliday(day)) return [];
  return schedule.week[WEEKDAYS[weekdayOf(day)] ?? 'sunday'];
}

function withDay(schedule: Schedule, own: Dated): Schedule {
  const rest = withoutDays(schedule, own.from, own.to);
  const exceptions = [...rest.exceptions, own].toSorted((a, b) => (a.from < b.from ? -1 : 1));
  return { ...rest, exceptions };
}

export const shutReasonOn = (schedule: Schedule, date: string): ShutReason | null =>
  datedOn(schedule, date)?.why ?? null;

/** Closed for the rest of this day [U20]. Its hours stay beside the reason. */
export const shutOn = (schedule: Schedule, date: string, why: ShutReason): Schedule =>
  withDay(schedule, { from: date, to: date, open: [...planOn(schedule, date)], why });

/** The day has its hours back. */
export const openedOn = (schedule: Schedule, date: string): Schedule =>
  withDay(schedule, { from: date, to: date, open: [...planOn(schedule, date)] });

const lastOn = (schedule: Schedule, date: string): Block | null =>
  planOn(schedule, date)
    .map((open) => blockOf(0, open))
    .toSorted((a, b) => b.to - a.to)[0] ?? null;

/** Until when it is open on this day, in minutes; null when it is not, was closed before its time, or stays open over midnight. */
export function endOn(schedule: Schedule, date: string): number | null {
  const last = lastOn(schedule, date);
  return last && last.to <= DAY_MIN && shutReasonOn(schedule, date) === null ? last.to : null;
}

/** Open longer on this day: its last end is later [U21]. The same schedule where it would not be. */
export function longerOn(schedule: Schedule, date: string, untilMin: number): Schedule {
  const last = lastOn(schedule, date);
  if (!last || endOn(schedule, date) === null || untilMin <= last.to || untilMin > DAY_MIN) return schedule;
  const before = intervalOf(last);
  const open = planOn(schedule, date).map((one) =>
    one.from === before.from && one.to === before.to ? intervalOf({ from: last.from, to: untilMin }) : one,
  );
  return withDay(schedule, { from: date, to: date, open });
}
