import { idle } from './idle.ts';

interface Timer {
  dueMs: number;
  everyMs: number | null;
  run(): void;
}

/** A clock and timers of a client that move only when a test moves them, and wait for what they set off. */
export function fakeTime(startMs: number) {
  let nowMs = startMs;
  const timers = new Set<Timer>();
  const add = (ms: number, everyMs: number | null, run: () => void) => {
    const timer = { dueMs: nowMs + ms, everyMs, run };
    timers.add(timer);
    return () => void timers.delete(timer);
  };

  return {
    clock: { nowMs: () => nowMs },
    timers: {
      after: (ms: number, run: () => void) => add(ms, null, run),
      every: (ms: number, run: () => void) => add(ms, ms, run),
    },
    async advance(ms: number) {
      const untilMs = nowMs + ms;
      await idle();
      for (;;) {
        const [next] = [...timers].filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs);
        if (!next) break;
        nowMs = next.dueMs;
        if (next.everyMs === null) timers.delete(next);
        else next.dueMs += next.everyMs;
        next.run();
        await idle();
      }
      nowMs = untilMs;
    },
  };
}
export type FakeTime = ReturnType<typeof fakeTime>;
