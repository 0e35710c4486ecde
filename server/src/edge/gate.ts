import type { Limits } from '@clbchat/shared/limits';
import type { Log } from '../kernel/log.ts';
import type { Gate } from './handle.ts';
import { bucket } from './rate.ts';

interface Needs {
  readonly limits: Limits;
  readonly log: Log;
  readonly nowMs: () => number;
  readonly close: () => void;
}

/** The rates of one socket: requests, and frames that are not stored. */
export function createGate({ limits, log, nowMs, close }: Needs): Gate {
  const requests = bucket({ perSecond: limits.eventsPerSecond, burst: limits.eventsBurst }, nowMs);
  const passing = bucket({ perSecond: limits.passingPerSecond, burst: limits.passingBurst }, nowMs);
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    log,
    close,
    spend: (event) => waiting < limits.turnsMax && (event === 'talk:passing' ? passing : requests).spend(),
    turn(run) {
      waiting += 1;
      const mine = last.then(run).finally(() => (waiting -= 1));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
