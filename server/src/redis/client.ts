import { Redis } from 'ioredis';
import { REDIS_ADDRESS, redisPlace } from '../kernel/redisAddress.ts';
import { CannotStart } from './cannotStart.ts';

/** Longer than any good answer takes; then the caller is told `unavailable` and may ask again. */
const ANSWER_MS_MAX = 2_000;
const RECONNECT_MS_MAX = 2_000;
/** The first release whose scripts can say what they do in a full store. */
const VERSION_MIN = 7;

export interface Client {
  readonly redis: Redis;
  /** `host:port`, for people */
  readonly place: string;
  /** the server's own id: the same address twice, or two names of one server */
  readonly runId: string;
}

/**
 * Connects once. Afterwards the connection comes back by itself, and commands fail at once while it is gone: whoever
 * waits for an answer asks again, so nothing is kept for later and nothing is sent twice.
 *
 * @param setting the name of the setting that holds the address, for the sentence
 * @throws CannotStart
 */
export async function openClient(setting: string, address: string): Promise<Client> {
  const place = redisPlace(address);
  const redis = place === null ? null : unconnected(address);
  if (place === null || redis === null) throw new CannotStart(`${setting} must be an address as ${REDIS_ADDRESS}.`);
  let trouble: unknown;
  redis.on('error', (error: unknown) => {
    trouble = error;
  });
  try {
    await redis.connect();
    const runId = await checked(redis, `${setting}: the Redis at ${place}`);
    redis.options.retryStrategy = (times) => Math.min(50 * 2 ** times, RECONNECT_MS_MAX);
    return { redis, place, runId };
  } catch (error) {
    redis.disconnect();
    if (error instanceof CannotStart) throw error;
    throw new CannotStart(`${setting}: ${whyNot(place, trouble ?? error)}`, { cause: error });
  }
}

/** @returns null for an address that the library does not take: its own words may hold the password */
function unconnected(address: string): Redis | null {
  try {
    return new Redis(address, {
      lazyConnect: true,
      connectTimeout: ANSWER_MS_MAX,
      commandTimeout: ANSWER_MS_MAX,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      // a primary that was demoted stays connected and refuses every write: the address may lead to another by now
      reconnectOnError: (error) => error.message.startsWith('READONLY'),
      retryStrategy: () => null, // the first try decides
      protocol: 2,
      disableClientInfo: true, // needs no right that the service does not need
    });
  } catch {
    return null;
  }
}

/** @returns the run id, when it is a Redis that can do what the live store needs */
async function checked(redis: Redis, the: string): Promise<string> {
  const info = await redis.info('server').catch((cause: unknown) => {
    throw new CannotStart(`${the} does not tell what it is; the account needs the right INFO.`, { cause });
  });
  const version = /^redis_version:(\d+)[.\d]*/m.exec(info); // ours: what Redis says of itself
  const runId = /^run_id:(\w+)/m.exec(info)?.[1]; // ours: what Redis says of itself
  if (!version || !runId) throw new CannotStart(`${the} does not answer as Redis does.`);
  if (Number(version[1]) < VERSION_MIN) {
    throw new CannotStart(
      `${the} is ${version[0].replace('redis_version:', 'version ')}; at least ${VERSION_MIN} is needed.`,
    );
  }
  await redis.eval('#!lua flags=no-writes\nreturn 1', 0).catch((cause: unknown) => {
    throw new CannotStart(`${the} runs no scripts for this account; it needs the rights EVAL and EVALSHA.`, { cause });
  });
  return runId;
}

function whyNot(place: string, error: unknown): string {
  const says = error instanceof Error ? error.message : '';
  if (/WRONGPASS|NOAUTH|NOPERM|AUTH/.test(says)) return `the Redis at ${place} refuses the name or the password.`; // ours: what Redis says of itself
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  return `no Redis answers at ${place}${code}.`;
}
