import { hoursAt } from '@clbchat/shared/hours/hours';
import { doorShutAt } from '@clbchat/shared/hours/shutDoor';
import { closesAt, holidayNote, shutToday, weekTable } from '@clbchat/shared/hours/notes';
import type { CentreFacts, HoursState, ServiceStatus } from '@clbchat/shared/protocol/status';
import type { Range } from '@clbchat/shared/protocol/wire';
import type { CentreSettings } from '../centre/centre.rules.ts';
import { urlOf } from '../kernel/url.ts';
import { helpLines } from './helpLines.rules.ts';

const MARK_MS = 30_000;
const BUSY_FROM_MIN = 20;
const QUIET_UNTIL_MIN = 10;

/** What was last said about how busy it is, and at which mark. */
export interface Crowd {
  readonly mark: number;
  readonly busy: boolean;
}
export const quiet: Crowd = { mark: -1, busy: false };

/**
 * Whether it is busy, from the estimate alone. The word changes at marks of 30 s, busy from 20 minutes on and quiet
 * again at 10, so that nobody reads one visit from it (PROTOCOL A31). An unknown estimate changes nothing but
 * an earlier "busy", which nobody can still vouch for.
 */
export function crowdAt(nowMs: number, earlier: Crowd, range: Range): Crowd {
  const mark = Math.floor(nowMs / MARK_MS);
  if (mark === earlier.mark) return earlier;
  const longest = range?.toMin ?? 0;
  return { mark, busy: earlier.busy ? longest > QUIET_UNTIL_MIN : longest >= BUSY_FROM_MIN };
}

const stateOf = (hours: HoursState, { busy }: Crowd): ServiceStatus['state'] => {
  if (hours.is === 'draining' || hours.is === 'closed') return 'closed';
  return busy ? 'busy' : 'open';
};

/** All that a school's page may know. */
export function statusOf(nowMs: number, centre: CentreSettings, crowd: Crowd): ServiceStatus {
  const hours = hoursAt(nowMs, centre);
  const opens = 'opens' in hours ? hours.opens : null;
  return { state: stateOf(hours, crowd), nextOpen: opens && { day: opens.day, time: opens.time, date: opens.date } };
}

/** What the chat shows before anybody joins; the same for everyone. Pages that may frame it are not told. */
export function factsOf(nowMs: number, centre: CentreSettings, crowd: Crowd): CentreFacts {
  const { id, name, site, schedule, rules, exitUrl, languages } = centre;
  const hours = hoursAt(nowMs, centre);
  const why = shutToday(nowMs, schedule) ?? (doorShutAt(nowMs, schedule, centre.door) ? ('line' as const) : undefined);
  return {
    id,
    name,
    site,
    state: stateOf(hours, crowd),
    hours,
    closesAt: closesAt(nowMs, schedule),
    week: weekTable(schedule),
    holiday: holidayNote(nowMs, schedule),
    ...(why ? { why } : {}),
    exitUrl: urlOf(exitUrl)?.href ?? exitUrl, // as browsers write it, an accent in its name too
    lengthToldMin: rules.lengthToldMin,
    languages: [...languages],
    helpLines,
  };
}
