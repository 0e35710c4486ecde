import type { Redis } from 'ioredis';

export interface Kept {
  key: string;
  type: string;
  ttlMs: number;
  /** fields and values, members and scores, entries: everything, flat and as text */
  holds: string[];
}

/** Everything that a Redis holds, in the order of its keys. What goes while it is looked at is not in it. */
export async function dumpOf(redis: Redis): Promise<Kept[]> {
  const keys = (await redis.keys('*')).toSorted();
  const found = await Promise.all(
    keys.map(async (key) => {
      const type = await redis.type(key);
      return type === 'none' ? [] : [{ key, type, ttlMs: await redis.pttl(key), holds: await held(redis, key, type) }];
    }),
  );
  return found.flat();
}

async function held(redis: Redis, key: string, type: string): Promise<string[]> {
  if (type === 'hash') return Object.entries(await redis.hgetall(key)).flat();
  if (type === 'zset') return redis.zrange(key, '0', '-1', 'WITHSCORES');
  if (type === 'list') return redis.lrange(key, 0, -1);
  if (type === 'stream') return (await redis.xrange(key, '-', '+')).map(String);
  if (type === 'string') return [(await redis.get(key)) ?? ''];
  throw new Error(`${key} is a ${type}, which no key should be`);
}

/** As one text, without the times to live, for comparing before and after. */
export const textOf = (kept: readonly Kept[]): string => JSON.stringify(kept.map(({ key, holds }) => [key, ...holds]));
