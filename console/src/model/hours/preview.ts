import { dayOf, minuteOf } from '@clbchat/shared/hours/calendar';
import { hoursAt } from '@clbchat/shared/hours/hours';
import { closesAt, holidayNote, shutToday, weekTable } from '@clbchat/shared/hours/notes';
import { momentOf } from '@clbchat/shared/hours/zone';
import type { CentreFacts } from '@clbchat/shared/protocol/status';
import type { Settings } from './settings.ts';

/** What the service will tell the chat then, by the very rules by which it will [U12]. */
export type Preview = Pick<CentreFacts, 'hours' | 'closesAt' | 'week' | 'holiday' | 'why'>;

/** @param time of the centre's wall, `17:00` */
export function previewAt(date: string, time: string, { schedule, rules }: Settings): Preview {
  const atMs = momentOf({ day: dayOf(date), minute: minuteOf(time) }, schedule.timezone, 'first');
  const number = (name: string) => (typeof rules[name] === 'number' ? rules[name] : 0);
  const why = shutToday(atMs, schedule);
  return {
    hours: hoursAt(atMs, {
      schedule,
      rules: { lastEntryMs: number('lastEntryMs'), drainAfterMs: number('drainAfterMs') },
    }),
    closesAt: closesAt(atMs, schedule),
    week: weekTable(schedule),
    holiday: holidayNote(atMs, schedule),
    ...(why ? { why } : {}),
  };
}
