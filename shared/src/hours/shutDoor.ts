import type { HoursState } from '../protocol/status.ts';
import type { Schedule } from './schedule.ts';
import { calendarMoment, stretchAt } from './stretch.ts';
import { momentOf, wallTimeAt } from './zone.ts';

/** Somebody shut the door, so that who waits is served and nobody new comes. */
export interface ShutDoor {
  /** when, in ms since 1970 */
  readonly shutMs: number;
}

export interface Shut {
  readonly untilMs: number;
  /** the next opening after it, as hours that are closed tell it */
  readonly opensMs: number | null;
  readonly moment: ReturnType<typeof calendarMoment> | null;
}

interface Known {
  readonly schedule: Schedule;
  readonly shut: Shut | null;
}
// neither is ever changed in place
const known = new WeakMap<ShutDoor, Known>();

/** A door that was shut later than so far ahead was shut on a clock of another date. */
const AHEAD_MS_MAX = 86_400_000;

/**
 * It ends by itself with the opening in which it was shut, and where that has no end in sight at the next midnight [H31].
 *
 * @returns null while the door is not shut
 */
export function doorShutAt(nowMs: number, schedule: Schedule, door: ShutDoor | undefined): Shut | null {
  // also before `shutMs`: the common clock may go back, and that is no press; on a wrong date it would stay shut for weeks of openings
  if (!door || door.shutMs - nowMs > AHEAD_MS_MAX) return null;
  const before = known.get(door);
  const shut = before?.schedule === schedule ? before.shut : workOut(schedule, door.shutMs);
  known.set(door, { schedule, shut });
  return shut && nowMs < shut.untilMs ? shut : null;
}

function workOut(schedule: Schedule, shutMs: number): Shut | null {
  const stretch = stretchAt(shutMs, schedule);
  if (!stretch.open) return null;
  const { timezone } = schedule;
  const midnight = momentOf({ day: wallTimeAt(shutMs, timezone).day + 1, minute: 0 }, timezone, 'first');
  const untilMs = stretch.endsMs ?? midnight;
  const after = stretchAt(untilMs, schedule);
  const opensMs = after.open ? untilMs : (after.next?.atMs ?? null);
  return { untilMs, opensMs, moment: opensMs === null ? null : calendarMoment(opensMs, timezone) };
}

/** What it means for whoever asks whether it is open: closed to who comes, and who waits is served. */
export const shutState = ({ opensMs, moment }: Shut, nowMs: number): HoursState => ({
  is: 'draining',
  opens: opensMs === null || !moment ? null : { inMs: Math.max(0, opensMs - nowMs), ...moment },
});
