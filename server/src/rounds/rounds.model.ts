import type { StoreNeeds } from '../kernel/needs.ts';
import type { LiveState } from '../live/record.ts';
import type { RoundsStore } from './rounds.store.ts';

/** What the definition of the store says about rounds. Contract: rounds.store.ts. */
export const memoryRounds = (live: Pick<LiveState, 'rounds'>, { clock }: Pick<StoreNeeds, 'clock'>): RoundsStore => ({
  async claim(round, forMs) {
    const now = clock.nowMs();
    const untilMs = live.rounds.get(round) ?? 0;
    // one that ends later than a round can was claimed by a clock that went wrong
    if (untilMs > now && untilMs <= now + forMs) return false;
    live.rounds.set(round, now + forMs);
    return true;
  },
  // what lies in the memory of one process nobody else has
  leave: async () => false,
});
