import { randomToken } from '@clbchat/shared/digest';
import type { Limits } from '@clbchat/shared/limits';
import { systemClock, type Clock } from './kernel/clock.ts';
import type { Log } from './kernel/log.ts';
import type { Rules } from './kernel/needs.ts';
import type { Posted } from './live/posted.ts';
import { memoryRecords } from './records/records.model.ts';
import { openRecords } from './records/open.redis.ts';
import type { RecordsStore } from './records/records.store.ts';
import { connectStores } from './redis/connect.ts';
import { memoryStore, type LiveStore } from './store.memory.ts';
import { openPosted } from './store.posted.ts';
import { redisStore } from './store.redis.ts';

/** Both stores of a running server, and the clock that belongs to them. */
export interface Stores {
  readonly clock: Clock;
  /** what is kept: settings, accounts, sessions, who did what */
  readonly records: RecordsStore;
  /** the live store, by the centre's rules as they stand when it is asked something */
  live(rules: () => Rules): LiveStore;
  /** what other processes on the same stores post to this one; without it this is the only one */
  readonly posted?: Posted;
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
  /** what is a warning beside the demonstration is a refusal */
  readonly production?: boolean;
  readonly limits: Limits;
}

/** In this process's memory: one process, and a restart forgets everything. */
export const memoryStores = ({ limits }: Pick<Wishes, 'limits'>): Stores => ({
  clock: systemClock,
  records: memoryRecords(systemClock),
  live: (rules) =>
    memoryStore({
      ...{ clock: systemClock, limits },
      get rules() {
        return rules();
      },
    }),
  ready: () => true,
  watch: () => undefined,
  close: async () => undefined,
  says: 'Stores: in the memory of this process. One process only, and nothing survives a restart.',
});

export interface RedisAddresses {
  readonly live: string;
  readonly records: string;
}

/** Names a process, for as long as it runs. */
const NODE_BYTES = 9;

/** On two Redis servers: what is forgotten, and what is kept. */
async function redisStores({ centre, production = false, limits }: Wishes, addresses: RedisAddresses): Promise<Stores> {
  const tag = `{${centre}}`;
  const connected = await connectStores({
    ...{ liveUrl: addresses.live, recordsUrl: addresses.records },
    ...{ tag, production, limits },
  });
  const { clock, live: redis } = connected;
  const { news } = connected;
  const node = randomToken(NODE_BYTES);
  const opening = [
    openRecords({ redis: connected.records, news, tag, clock, clockApartMsMax: limits.clocksApartMsMax }),
    openPosted(connected.post, tag, node),
  ] as const;
  const [records, posted] = await Promise.all(opening).catch((error: unknown) => {
    connected.close();
    throw error;
  });
  const warnings = connected.warnings.map((sentence) => `\nWarning: ${sentence}`);
  return {
    clock,
    records,
    live: (rules) =>
      redisStore({
        ...{ redis, tag, node, clock, limits, checksClock: true },
        get rules() {
          return rules();
        },
      }),
    posted,
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
