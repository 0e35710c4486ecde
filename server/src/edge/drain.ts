import type { Limits } from '@clbchat/shared/limits';
import type { Hub } from './hub.ts';
import type { Realtime } from './io.ts';
import type { Timers } from './timers.ts';

interface Needs {
  readonly hub: Hub;
  readonly realtime: Pick<Realtime, 'sessions' | 'takeNobody'>;
  readonly timers: Timers;
  readonly limits: Pick<Limits, 'drainNoticeMs' | 'drainMsMax' | 'drainLookEveryMs' | 'moveWithinMs'>;
}

/** How a process ends that others of the centre go on without. */
export interface Drain {
  /** it is on its way out: who passes requests on sends nobody here any more */
  isLeaving(): boolean;
  /** Asks everybody who is here to move. @returns when all are gone, have had the time, or there is nowhere to go any more */
  empty(othersStay: () => Promise<boolean>): Promise<void>;
}

/** Everybody here is to connect anew, each at a moment of its own, for all at once would stand before another's door. */
export function askToMove(hub: Hub, jitterMs: number): void {
  for (const { line } of [...hub.visitors(), ...hub.desks()]) line.emit('node:leaving', { jitterMs });
}

export function createDrain({ hub, realtime, timers, limits }: Needs): Drain {
  let leaving = false;
  const pause = (ms: number) => new Promise<void>((go) => void timers.after(ms, go));

  return {
    isLeaving: () => leaving,
    async empty(othersStay) {
      leaving = true;
      if (realtime.sessions() === 0) return;
      await pause(limits.drainNoticeMs);
      realtime.takeNobody();
      askToMove(hub, limits.moveWithinMs);
      for (let ms = limits.drainNoticeMs; realtime.sessions() > 0; ms += limits.drainLookEveryMs) {
        if (ms >= limits.drainMsMax || !(await othersStay())) return;
        await pause(limits.drainLookEveryMs);
      }
    },
  };
}
