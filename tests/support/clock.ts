import type { Clock } from '@clbchat/server/kernel/clock';

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  advance(ms: number): void;
  set(ms: number): void;
}

/** A Monday evening in term time, 18:00 in Brussels: the default centre is open. */
export const MONDAY_18H_MS = Date.UTC(2026, 10, 23, 17, 0);

export function fakeClock(startMs = MONDAY_18H_MS): FakeClock {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    advance(ms) {
      nowMs += ms;
    },
    set(ms) {
      nowMs = ms;
    },
  };
}
