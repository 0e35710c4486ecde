import { Bug } from './failure.ts';

/** What time it is. The only way to know it: everything that reads a clock gets one as an argument. */
export interface Clock {
  /**
   * Milliseconds since 1970, whole.
   *
   * @throws Bug when a measured clock was not measured yet.
   */
  nowMs(): number;
}

/**
 * The time of day at the start, plus what passed since: it only grows, whatever somebody does to the machine's clock.
 * A jump of that one would end every visit at once, or make a wait negative [R5].
 */
export function grownClock(timeOfDayMs: () => number = Date.now, elapsedMs = () => performance.now()): Clock {
  const beganMs = timeOfDayMs() - elapsedMs();
  return { nowMs: () => Math.floor(beganMs + elapsedMs()) };
}

/** Of a process that is alone with its stores. */
export const systemClock: Clock = grownClock();

export interface MeasuredClock extends Clock {
  /**
   * Asks the common clock once more. Call it at start and every `clockEveryMs`.
   *
   * @returns False when the answer took so long that it says too little; the earlier measurement stays.
   * @throws Whatever the question threw; the earlier measurement stays.
   */
  measure(): Promise<boolean>;
  /** A node that never measured serves nobody. */
  isMeasured(): boolean;
}

interface Measuring {
  /** Milliseconds that only ever grow, from any beginning. */
  elapsedMs?: () => number;
  /** A round trip longer than this may be wrong by half of it. */
  roundTripMsMax?: number;
  /** A backward correction up to this is slept through; a larger one is followed, or the node would be off for ever. */
  stepMsMax?: number;
}

/**
 * The clock that all nodes share: what a common source said, plus what passed here since.
 * The machine's own time of day is never used, so that one wrong machine expires nothing (R5).
 *
 * @param ask Milliseconds since 1970 as the source (Redis `TIME`) knows them.
 */
export function measuredClock(
  ask: () => Promise<number>,
  { elapsedMs = () => performance.now(), roundTripMsMax = 2_000, stepMsMax = 2_000 }: Measuring = {},
): MeasuredClock {
  let offsetMs: number | null = null;
  let shownMs = 0;

  return {
    nowMs() {
      if (offsetMs === null) throw new Bug('the clock was read before it was measured');
      const nowMs = Math.floor(offsetMs + elapsedMs());
      const stepsBack = shownMs - nowMs;
      if (stepsBack <= 0 || stepsBack > stepMsMax) shownMs = nowMs;
      return shownMs;
    },
    async measure() {
      const beforeMs = elapsedMs();
      const sourceMs = await ask();
      const afterMs = elapsedMs();
      if (afterMs - beforeMs > roundTripMsMax) return false;
      offsetMs = sourceMs - (beforeMs + afterMs) / 2;
      return true;
    },
    isMeasured: () => offsetMs !== null,
  };
}
