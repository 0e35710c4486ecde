import type { Clock, Timers } from '@clbchat/shared/client/ports';

export interface SimulatedTime {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Lets time pass up to this moment: each timer at its own, and all that it set off before the next. */
  runUntil(ms: number): Promise<void>;
  /** timers that ran */
  ran(): number;
}

interface Due {
  readonly atMs: number;
  readonly order: number;
  run: (() => void) | null;
}

/**
 * The one queue of everything that happens later, in order of time and then of asking. Nothing else may wait: see `alone.ts`.
 *
 * @param settled until all that the last one set off is over
 */
export function simulatedTime(startMs: number, settled: () => Promise<void>): SimulatedTime {
  let nowMs = startMs;
  let order = 0;
  let ran = 0;
  const heap: Due[] = [];
  const before = (a: Due, b: Due) => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

  function push(due: Due): void {
    let at = heap.push(due) - 1;
    for (let up = (at - 1) >> 1; at > 0 && before(due, heap[up]!); at = up, up = (at - 1) >> 1) heap[at] = heap[up]!;
    heap[at] = due;
  }
  function pop(): Due {
    const [first] = heap;
    const last = heap.pop()!;
    if (heap.length === 0) return first!;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down + 1 < heap.length && before(heap[down + 1]!, heap[down]!)) down += 1;
      if (down >= heap.length || before(last, heap[down]!)) break;
      heap[at] = heap[down]!;
      at = down;
    }
    heap[at] = last;
    return first!;
  }
  function after(ms: number, run: () => void): () => void {
    const due: Due = { atMs: nowMs + Math.max(0, ms), order: (order += 1), run };
    push(due);
    return () => void (due.run = null);
  }

  return {
    clock: { nowMs: () => Math.floor(nowMs) },
    timers: {
      after,
      every(ms, run) {
        let cancel = (): void => undefined;
        const again = () => {
          cancel = after(ms, again);
          run();
        };
        cancel = after(ms, again);
        return () => cancel();
      },
    },
    async runUntil(untilMs) {
      await settled();
      while (heap.length > 0 && heap[0]!.atMs <= untilMs) {
        const { atMs, run } = pop();
        if (run === null) continue;
        nowMs = Math.max(nowMs, atMs);
        ran += 1;
        run();
        await settled();
      }
      nowMs = Math.max(nowMs, untilMs);
    },
    ran: () => ran,
  };
}
