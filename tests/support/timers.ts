import type { Timers } from '@clbchat/server/edge/timers';
import type { FakeClock } from './clock.ts';

export interface FakeTimers extends Timers {
  /** Lets time pass: every timer runs at its moment, and what it set off gets its turn after each. */
  advance(ms: number): Promise<void>;
}

interface Due {
  atMs: number;
  everyMs: number | null;
  run: () => void;
}

/** @param aTurn waits for what a timer sets off: by default as long as packets over loopback may need */
export function fakeTimers(clock: FakeClock, aTurn = overLoopback): FakeTimers {
  const waiting = new Set<Due>();
  const add = (due: Due) => {
    waiting.add(due);
    return () => void waiting.delete(due);
  };
  return {
    after: (ms, run) => add({ atMs: clock.nowMs() + ms, everyMs: null, run }),
    every: (ms, run) => add({ atMs: clock.nowMs() + ms, everyMs: ms, run }),
    async advance(ms) {
      const untilMs = clock.nowMs() + ms;
      for (;;) {
        const atMs = Math.min(...[...waiting].map((each) => each.atMs));
        if (atMs > untilMs) break;
        clock.set(Math.max(atMs, clock.nowMs()));
        for (const due of [...waiting].filter((each) => each.atMs <= atMs)) {
          if (due.everyMs === null) waiting.delete(due);
          else due.atMs += due.everyMs;
          due.run();
        }
        await aTurn();
      }
      clock.set(untilMs);
      await aTurn();
    },
  };
}

/** Packets on loopback are read a few turns of the event loop after they were written. */
async function overLoopback(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
