import type { Limits } from '@clbchat/shared/limits';
import { repeat } from '../edge/repeat.ts';
import type { Stop, Timers } from '../edge/timers.ts';
import type { Log } from '../kernel/log.ts';
import { hourOf } from './counting.rules.ts';
import type { FiguresStore, Zone } from './figures.store.ts';
import type { SumsStore } from './sums.store.ts';

interface Needs {
  readonly sums: SumsStore;
  readonly figures: FiguresStore;
  /** whether this process does this round for the whole centre */
  readonly claim: (forMs: number) => Promise<boolean>;
  /** whether the clock that all share is close enough to that of the records */
  readonly isOnTime: () => Promise<boolean>;
  readonly zone: () => Zone;
  readonly nowMs: () => number;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits: Pick<Limits, 'figuresEveryMs' | 'figuresLateMs'>;
}

/** Of the time between two rounds: another process is only there when this one stopped. */
const CLAIMED_PART = 0.9;

/**
 * Once an hour, at whichever process does this round: hours that are over go into the records, also one in which nobody came, so
 * that no write of the records says that somebody did [F3]. Whatever was begun and not ended is begun anew by the next round.
 */
export function figuresJob(needs: Needs): Stop {
  const { sums, figures, claim, isOnTime, zone, nowMs, timers, log, limits } = needs;
  const { figuresEveryMs, figuresLateMs } = limits;
  let known = -1;
  return repeat({ timers, log, name: 'figures', everyMs: figuresEveryMs }, async () => {
    const hour = hourOf(nowMs() - figuresLateMs) - 1;
    if (hour <= known || !(await claim(figuresEveryMs * CLAIMED_PART)) || !(await isOnTime())) return;
    known = await putHours({ sums, figures, zone: zone() }, hour);
  });
}

/** @returns the last hour that is in the records now */
export async function putHours(
  { sums, figures, zone }: { readonly sums: SumsStore; readonly figures: FiguresStore; readonly zone: Zone },
  hour: number,
): Promise<number> {
  // its rev is what the step stands on: whoever writes and drops meanwhile makes it fail, and not count nothing
  const after = await figures.through();
  if (after.hour < hour && !(await figures.add(after, hour, await sums.close(hour), zone))) return after.hour;
  const through = Math.max(after.hour, hour);
  await sums.forget(Math.min(through, hour));
  return through;
}
