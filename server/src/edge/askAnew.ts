import type { Hub } from './hub.ts';
import type { Stop, Timers } from './timers.ts';

/** Pages are asked in so many parts, or all of them would ask the store in the same moment. */
const PARTS = 20;

interface Needs {
  readonly hub: Pick<Hub, 'visitors' | 'desks'>;
  readonly timers: Timers;
  /** within which everybody was asked */
  readonly spreadMs: number;
}

/** Hints that tell nothing new: a page answers each by asking for its state, also one that was loaded before an update. */
const toDesk = { event: 'desk:changed', hint: { why: 'status' } };
const toVisitor = { event: 'key:opened', hint: { epoch: 0 } };

/** Hints may have been lost on their way here: every page of this process asks for the truth behind them [N72]. */
export function createAskAnew({ hub, timers, spreadMs }: Needs) {
  let stop: Stop = () => undefined;
  return {
    ask() {
      stop();
      const left = [
        ...hub.desks().map(({ line }) => ({ line, ...toDesk })),
        ...hub.visitors().map(({ line }) => ({ line, ...toVisitor })),
      ];
      const each = Math.ceil(left.length / PARTS);
      if (each === 0) return;
      const next = () => {
        for (const { line, event, hint } of left.splice(0, each)) line.emit(event, hint);
        if (left.length === 0) stop();
      };
      stop = timers.every(spreadMs / PARTS, next);
    },
    stop: () => stop(),
  };
}
