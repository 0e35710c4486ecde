import { bind, type Scripting } from '../redis/script.ts';
import type { RoundsStore } from './rounds.store.ts';

type Claimed = { is: 'claimed' | 'taken' };

/** Rounds on Redis. Contract: rounds.store.ts; meaning: rounds.model.ts. */
export function redisRounds(scripting: Scripting): RoundsStore {
  const lua = new URL('claim.lua', import.meta.url);
  const claim = bind<Claimed>(scripting, { lua, words: ['claimed', 'taken'] });
  return { claim: async (round, forMs) => (await claim({ round, forMs })).is === 'claimed' };
}
