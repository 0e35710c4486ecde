import { hoursAt } from '@clbchat/shared/hours/hours';
import { doorShutAt } from '@clbchat/shared/hours/shutDoor';
import { calendarMoment, stretchAt } from '@clbchat/shared/hours/stretch';
import type { DeskHours } from '@clbchat/shared/protocol/counsellor';
import type { CentreSettings } from '../centre/centre.rules.ts';

/** What the opening hours mean for those who still wait. */
export function tickingAt(
  nowMs: number,
  { schedule }: Pick<CentreSettings, 'schedule'>,
): { is: 'open' } | { is: 'draining'; sinceMs: number } {
  const stretch = stretchAt(nowMs, schedule);
  return stretch.open ? { is: 'open' } : { is: 'draining', sinceMs: stretch.sinceMs ?? 0 };
}

/** What counsellors are told of the hours: whether visitors may come in, and when that changes. */
export function deskHoursAt(nowMs: number, { schedule, rules, door }: CentreSettings): DeskHours {
  const shut = doorShutAt(nowMs, schedule, door);
  if (shut) return { is: 'shut', until: calendarMoment(shut.untilMs, schedule.timezone) };
  const hours = hoursAt(nowMs, { schedule, rules });
  if ('opens' in hours) {
    const { opens } = hours;
    return { is: 'closed', until: opens && { day: opens.day, time: opens.time, date: opens.date } };
  }
  const { closesInMs } = hours;
  return { is: 'open', until: closesInMs === null ? null : calendarMoment(nowMs + closesInMs, schedule.timezone) };
}

const HOUR_MS = 3_600_000;
const LOOKED_EVERY_MS = 900_000;

/** Whether somebody might have come in at some quarter of this hour since 1970, by what holds now [F8]. */
export function wasOpenIn(hour: number, { schedule }: Pick<CentreSettings, 'schedule'>): boolean {
  for (let ms = hour * HOUR_MS; ms < (hour + 1) * HOUR_MS; ms += LOOKED_EVERY_MS)
    if (stretchAt(ms, schedule).open) return true;
  return false;
}
