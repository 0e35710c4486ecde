import type { Limits } from '@clbchat/shared/limits';
import { memoryCentre, type CentreStore } from './centre/centre.store.ts';
import { systemClock, type Clock } from './kernel/clock.ts';
import type { Rules } from './kernel/needs.ts';
import { memoryStore, type LiveStore } from './store.memory.ts';

/** Both stores of a running server, and the clock that belongs to them. */
export interface Stores {
  readonly clock: Clock;
  /** settings of the centre, in the records store */
  readonly centre: CentreStore;
  /** the live store, once the centre's rules are known */
  live(rules: Rules): LiveStore;
  /** false while a store does not answer: then nobody new is let in */
  ready(): boolean;
  close(): Promise<void>;
  /** for the person who starts it */
  readonly says: string;
}

interface Wishes {
  readonly centre: string;
  readonly limits: Limits;
}

/** In this process's memory: one process, and a restart forgets everything. */
export const memoryStores = ({ centre, limits }: Wishes): Stores => ({
  clock: systemClock,
  centre: memoryCentre(centre),
  live: (rules) => memoryStore({ clock: systemClock, limits, rules }),
  ready: () => true,
  close: async () => undefined,
  says: 'Stores: in the memory of this process. One process only, and nothing survives a restart.',
});

/**
 * Memory without addresses.
 *
 * @throws Error with one sentence for the person who starts it, when a store cannot be had.
 */
export async function openStores({ redis, ...wishes }: Wishes & { readonly redis: RedisAddresses | null }): Promise<Stores> {
  if (redis) throw new Error('Stores on Redis are not joined to the server yet: start it without REDIS_URL.');
  return memoryStores(wishes);
}

export interface RedisAddresses {
  readonly live: string;
  readonly records: string;
}
