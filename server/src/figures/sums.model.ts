import type { LiveState } from '../live/record.ts';
import type { SumsStore } from './sums.store.ts';

/** What the definition of the store says about sums. Contract: sums.store.ts. */
export const memorySums = (live: Pick<LiveState, 'sums'>): SumsStore => ({
  async close(hour) {
    live.sums.closed = Math.max(live.sums.closed, hour);
    return [...live.sums.hours]
      .filter(([one]) => one <= hour)
      .toSorted(([a], [b]) => a - b)
      .map(([one, counts]) => ({ hour: one, counts: Object.fromEntries(counts) }));
  },
  async forget(hour) {
    for (const one of live.sums.hours.keys()) if (one <= hour) live.sums.hours.delete(one);
  },
});
