import { blockOf, intervalOf, type Block } from '@clbchat/shared/hours/blocks';
import { dateOf, dayOf, weekdayOf } from '@clbchat/shared/hours/calendar';
import { isSchoolHoliday } from '@clbchat/shared/hours/holidays';
import type { Schedule } from '@clbchat/shared/hours/schedule';
import { openSpans, shutAt } from '@clbchat/shared/hours/spans';
import { momentOf } from '@clbchat/shared/hours/zone';
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

const shutReasonOn = (schedule: Schedule, date: string): ShutReason | null => datedOn(schedule, date)?.why ?? null;

/** Which day's closing still counts now: this one's, or of the evening before while it would go on. */
export function shutStill(schedule: Schedule, date: string, minute: number): { date: string; why: ShutReason } | null {
  const shut = shutAt({ day: dayOf(date), minute }, schedule);
  return shut && { date: dateOf(shut.day), why: shut.why };
}

/** Closed for the rest of this day [U20]. Its hours stay beside the reason, and so does what they were part of. */
export function shutOn(schedule: Schedule, date: string, why: ShutReason): Schedule {
  const dated = datedOn(schedule, date);
  const before = dated && { from: dated.from, to: dated.to };
  const stood = dated?.why ? dated.stood : before;
  return withDay(schedule, {
    ...{ from: date, to: date, open: [...planOn(schedule, date)], why },
    ...(stood === undefined ? {} : { stood }),
  });
}

/** What stood before it was closed stands again. Who had no plan of its own has none: it would count for the night before. */
export function openedOn(schedule: Schedule, date: string): Schedule {
  const shut = datedOn(schedule, date);
  if (!shut?.why) return schedule;
  const { open, stood } = shut;
  if (stood === null) return withoutDays(schedule, date, date);
  const own: Dated = { from: date, to: date, open };
  return withDay(schedule, stood ? rejoined(schedule, own, stood) : own);
}

/** With the parts of its own plan on either side of it that are still as they were. */
function rejoined({ exceptions }: Schedule, own: Dated, stood: { readonly from: string; readonly to: string }): Dated {
  const parts = exceptions.filter(
    (one) =>
      !one.why && one.from >= stood.from && one.to <= stood.to && JSON.stringify(one.open) === JSON.stringify(own.open),
  );
  const before = parts.find(({ to }) => dayOf(to) + 1 === dayOf(own.from));
  const after = parts.find(({ from }) => dayOf(from) - 1 === dayOf(own.to));
  return { ...own, from: before?.from ?? own.from, to: after?.to ?? own.to };
}

/** Whether it is open on this day at this minute or later: also by what began the evening before, or goes on over midnight. */
export function isOpenFrom(schedule: Schedule, date: string, minute: number): boolean {
  const today = dayOf(date);
  const midnight = momentOf({ day: today + 1, minute: 0 }, schedule.timezone, 'first');
  const nowMs = momentOf({ day: today, minute }, schedule.timezone, 'first');
  return openSpans(schedule, today - 1, today).some(({ fromMs, toMs }) => fromMs < midnight && toMs > nowMs);
}

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
  return withDay(schedule, { from: date, to: date, open: [...carriedInto(schedule, date), ...open] });
}

/** What the week carries over midnight into a day without a plan of its own: it would end there once the day has one [H6]. */
function carriedInto(schedule: Schedule, date: string): Interval[] {
  const dayBefore = dateOf(dayOf(date) - 1);
  if (datedOn(schedule, date) || datedOn(schedule, dayBefore)) return [];
  return planOn(schedule, dayBefore)
    .map((open) => blockOf(0, open).to - DAY_MIN)
    .filter((until) => until > 0)
    .map((until) => intervalOf({ from: 0, to: until }));
}
