import { redisStore } from '@clbchat/server/store.redis';
import type { Clock } from '@clbchat/server/kernel/clock';
import type { StoreNeeds } from '@clbchat/server/kernel/needs';
import type { LiveStore } from '@clbchat/server/store.memory';
import { Redis } from 'ioredis';
import { afterAll } from 'vitest';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { tightLimits as limits, tightRules as rules } from '../store/tight.ts';

/** The centre of these tests; every key begins with it. */
export const TAG = '{twin}';

/** A plain connection, for looking at the store from outside. */
export const lookAt = ({ url }: TestRedis): Redis =>
  new Redis(url, { maxRetriesPerRequest: 0, autoResubscribe: false }); // as the service's own (redis/client.ts)

/** A connection to a Redis of the calling test file alone; both go with its last test. */
export async function ownRedis(): Promise<Redis> {
  const server = await startRedis();
  const redis = lookAt(server);
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });
  return redis;
}

/** A store on Redis with a fake clock, which is far from that of Redis: nothing is refused for it. */
export const storeOn = (redis: Redis, clock: Clock, other: Partial<StoreNeeds> = {}): LiveStore =>
  redisStore({ redis, tag: TAG, clock, limits, rules, checksClock: false, ...other });
