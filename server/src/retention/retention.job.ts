import type { Limits } from '@clbchat/shared/limits';
import type { After } from '../edge/after.ts';
import { repeat } from '../edge/repeat.ts';
import type { Stop, Timers } from '../edge/timers.ts';
import type { Log } from '../kernel/log.ts';
import type { RetentionStore, TickInput } from './retention.store.ts';

interface Needs {
  readonly retention: RetentionStore;
  /** whether this process does this round for the whole centre [N73] */
  readonly claim: (forMs: number) => Promise<boolean>;
  readonly hours: () => TickInput['hours'];
  readonly after: After;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits: Limits;
}

/** Looks that one second may take: when a whole evening runs out at once, the others wait for the next one. */
const ROUNDS_MAX = 64;

/** Of the time between two rounds: whoever does them is a little late at times, and another one is only there when it stopped. */
const CLAIMED_PART = 0.9;

/** Every second, at one of all processes [N73]: what time does to visits, then `match`, because time alone can make a visit offerable. */
export const retentionJob = ({ retention, claim, hours, after, timers, log, limits }: Needs): Stop =>
  repeat({ timers, log, name: 'retention:tick', everyMs: limits.tickEveryMs }, async () => {
    if (!(await claim(limits.tickEveryMs * CLAIMED_PART))) return;
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const ticked = await retention.tick({ hours: hours() });
      after({ hints: ticked.hints, freed: true });
      if (!ticked.more) return;
      await new Promise(setImmediate); // others have their turn between
    }
  });
