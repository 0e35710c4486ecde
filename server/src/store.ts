import type { Limits } from '@clbchat/shared/limits';
import type { SignedOut } from './accounts/session.rules.ts';
import { redisSignedOut } from './accounts/signedOut.redis.ts';
import { redisCentre } from './centre/centre.redis.ts';
import { memoryCentre, type CentreStore } from './centre/centre.store.ts';
import { systemClock, type Clock } from './kernel/clock.ts';
import type { Log } from './kernel/log.ts';
import type { Rules } from './kernel/needs.ts';
import { connectStores } from './redis/connect.ts';
import { memoryStore, type LiveStore } from './store.memory.ts';
import { redisStore } from './store.redis.ts';

/** Both stores of a running server, and the clock that belongs to them. */
export interface Stores {
  readonly clock: Clock;
  /** settings of the centre, in the records store */
  readonly centre: CentreStore;
  /** sessions that were signed out, in the records store */
  readonly signedOut: SignedOut | null;
  /** the live store, once the centre's rules are known */
  live(rules: Rules): LiveStore;
  /** false while a store does not answer: then nobody new is let in */
  ready(): boolean;
  /** Says in the log when the live store is gone and when it is back. */
  watch(log: Log): void;
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
  signedOut: null,
  live: (rules) => memoryStore({ clock: systemClock, limits, rules }),
  ready: () => true,
  watch: () => undefined,
  close: async () => undefined,
  says: 'Stores: in the memory of this process. One process only, and nothing survives a restart.',
});

export interface RedisAddresses {
  readonly live: string;
  readonly records: string;
}

/** On two Redis servers: what is forgotten, and what is kept. */
async function redisStores({ centre, limits }: Wishes, { live, records }: RedisAddresses): Promise<Stores> {
  // Production is refused before it comes to stores (config.ts); there the warnings below are refusals.
  const connected = await connectStores({ liveUrl: live, recordsUrl: records, production: false, limits });
  const { clock, live: redis } = connected;
  const warnings = connected.warnings.map((sentence) => `\nWarning: ${sentence}`);
  return {
    clock,
    centre: redisCentre(connected.records, centre),
    signedOut: redisSignedOut(connected.records, centre, () => clock.nowMs()),
    live: (rules) => redisStore({ redis, tag: `{${centre}}`, clock, limits, rules, checksClock: true }),
    ready: () => redis.status === 'ready' && connected.records.status === 'ready',
    watch: (log) =>
      connected.watch((is) =>
        is === 'lost' ? log.warn('the live store is gone') : log.info('the live store is back'),
      ),
    close: async () => connected.close(),
    says: `Stores: on Redis. A restart of this server loses nothing.${warnings.join('')}`,
  };
}

/**
 * Memory without addresses.
 *
 * @throws CannotStart with one sentence for the person who starts it, when a store cannot be had.
 */
export const openStores = async ({
  redis,
  ...wishes
}: Wishes & { readonly redis: RedisAddresses | null }): Promise<Stores> =>
  redis ? redisStores(wishes, redis) : memoryStores(wishes);
