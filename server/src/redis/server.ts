import type { Redis } from 'ioredis';
import type { RedisWay } from '../kernel/redisAddress.ts';
import { CannotStart } from './cannotStart.ts';

/** The first release whose scripts can say what they do in a full store. */
const VERSION_MIN = 7;

/** What an address should say when the server is another kind than it names. */
const RIGHT: Readonly<Record<string, string>> = {
  standalone:
    'is no part of a cluster: its address begins with redis://, or redis+sentinel:// where Sentinel names it.',
  cluster: 'is part of a cluster: its address begins with redis+cluster://.',
  sentinel: 'is a Sentinel: its address is redis+sentinel://host:port/name, with the name of "sentinel monitor".',
};

/**
 * @param the who it is, for the sentence
 * @returns its run id, when it is a Redis that can do what a store needs
 * @throws CannotStart
 */
export async function checkServer(redis: Redis, kind: RedisWay['is'], the: string): Promise<string> {
  const told = (section: string) =>
    redis.info(section).catch((cause: unknown) => {
      throw new CannotStart(`${the} does not tell what it is; the account needs the right INFO.`, { cause });
    });
  const server = await told('server');
  const version = /^redis_version:(\d+)[.\d]*/m.exec(server); // ours: what Redis says of itself
  const runId = /^run_id:(\w+)/m.exec(server)?.[1]; // ours: what Redis says of itself
  if (!version || !runId) throw new CannotStart(`${the} does not answer as Redis does.`);
  if (Number(version[1]) < VERSION_MIN) {
    throw new CannotStart(
      `${the} is ${version[0].replace('redis_version:', 'version ')}; at least ${VERSION_MIN} is needed.`,
    );
  }
  const mode = /^redis_mode:(\w+)/m.exec(server)?.[1] ?? 'standalone'; // ours: what Redis says of itself
  if (mode !== (kind === 'cluster' ? 'cluster' : 'standalone') && RIGHT[mode])
    throw new CannotStart(`${the} ${RIGHT[mode]}`);
  const role = /^role:(\w+)/m.exec(await told('replication'))?.[1]; // ours: what Redis says of itself
  if (role === 'slave')
    throw new CannotStart(
      `${the} is a replica, which takes no writes: name its primary, or Sentinel (redis+sentinel://…).`,
    );
  await redis.eval('#!lua flags=no-writes\nreturn 1', 0).catch((cause: unknown) => {
    throw new CannotStart(`${the} runs no scripts for this account; it needs the rights EVAL and EVALSHA.`, { cause });
  });
  return runId;
}
