import type { HoursState } from '../protocol/status.ts';
import type { Schedule } from './schedule.ts';
import { doorShutAt, shutState, type ShutDoor } from './shutDoor.ts';
import { stretchAt } from './stretch.ts';

interface Opening {
  readonly schedule: Schedule;
  /** somebody shut it to who comes */
  readonly door?: ShutDoor | undefined;
  /** before closing, nobody joins a queue that exists · after it, who still waits may be served */
  readonly rules: { readonly lastEntryMs: number; readonly drainAfterMs: number };
}

/**
 * `open → closing → draining → closed`, PROTOCOL A41. Looks at nothing but its arguments, so that two nodes whose
 * clocks differ by d answer differently for d around a change and at no other time.
 *
 * A schedule that is replaced while open, so that today's opening is gone, answers `closed` without draining:
 * that is what "Sluit nu" does.
 *
 * @param nowMs Milliseconds since 1970, of the clock that all nodes share.
 */
export function hoursAt(nowMs: number, { schedule, rules, door }: Opening): HoursState {
  const shut = doorShutAt(nowMs, schedule, door);
  if (shut) return shutState(shut, nowMs);
  const stretch = stretchAt(nowMs, schedule);
  if (stretch.open) {
    if (stretch.endsMs === null) return { is: 'open', closesInMs: null };
    const closesInMs = stretch.endsMs - nowMs;
    return { is: closesInMs <= rules.lastEntryMs ? 'closing' : 'open', closesInMs };
  }
  const { sinceMs, next } = stretch;
  const is = sinceMs !== null && nowMs - sinceMs < rules.drainAfterMs ? 'draining' : 'closed';
  return { is, opens: next && { inMs: next.atMs - nowMs, ...next.moment } };
}

/** What the hours mean at the door of the queue, and when this stretch of them began [H1 H4 Q8]. */
export interface Door {
  readonly is: 'open' | 'closing' | 'closed';
  readonly closesInMs: number | null;
  readonly openedMs: number;
}

export function doorAt(nowMs: number, opening: Opening): Door {
  const hours = hoursAt(nowMs, opening);
  const openedMs = stretchAt(nowMs, opening.schedule).fromMs;
  if (hours.is === 'open' || hours.is === 'closing') return { is: hours.is, closesInMs: hours.closesInMs, openedMs };
  return { is: 'closed', closesInMs: null, openedMs };
}
