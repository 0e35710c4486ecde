import { bind, type Scripting } from '../redis/script.ts';
import type { RoundsStore } from './rounds.store.ts';

type Claimed = { is: 'claimed' | 'taken' };
type Others = { is: 'others'; count: number };

/** Rounds on Redis. Contract: rounds.store.ts; meaning: rounds.model.ts. */
export function redisRounds(scripting: Scripting): RoundsStore {
  const lua = (name: string) => new URL(`${name}.lua`, import.meta.url);
  const claim = bind<Claimed>(scripting, { lua: lua('claim'), words: ['claimed', 'taken'] });
  const leave = bind<Others>(scripting, { lua: lua('leave'), words: ['others'] });
  return {
    claim: async (round, forMs) => (await claim({ round, forMs })).is === 'claimed',
    leave: async (forMs) => (await leave({ forMs })).count > 0,
  };
}
