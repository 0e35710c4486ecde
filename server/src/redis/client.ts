import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { REDIS_ADDRESS, redisPlace, redisWay, type RedisWay } from '../kernel/redisAddress.ts';
import { CannotStart } from './cannotStart.ts';
import { checkServer } from './server.ts';

/** Longer than any good answer takes; then the caller is told `unavailable` and may ask again. */
const ANSWER_MS_MAX = 2_000;
const RECONNECT_MS_MAX = 2_000;

/** One server, or the primary that Sentinel names, or a cluster: what commands are sent to. */
export type Line = Redis | Cluster;

export interface Client<Kind extends Line = Redis> {
  readonly redis: Kind;
  /** `host:port`, for people */
  readonly place: string;
  /** the server's own id: the same address twice, or two names of one server */
  readonly runId: string;
}

/**
 * Connects once. Afterwards the connection comes back by itself, to whatever server is the primary by then, and commands
 * fail at once while it is gone: whoever waits for an answer asks again, so nothing is kept for later and nothing is sent twice.
 *
 * @param setting the name of the setting that holds the address, for the sentence
 * @throws CannotStart
 */
export async function openClient(setting: string, address: string): Promise<Client> {
  const opened = await openLine(setting, address);
  const { redis } = opened;
  if (redis instanceof Cluster) {
    closeLine(redis);
    throw new CannotStart(
      `${setting} names a cluster; what is kept needs one server, or Sentinel (redis+sentinel://…).`,
    );
  }
  return { ...opened, redis };
}

/**
 * The same, and a cluster may be named as well.
 *
 * @throws CannotStart
 */
export async function openLine(setting: string, address: string): Promise<Client<Line>> {
  const [way, place] = [redisWay(address), redisPlace(address)];
  if (way === null || place === null) throw new CannotStart(`${setting} must be an address as ${REDIS_ADDRESS}.`);
  const redis = unconnected(way);
  let trouble: unknown;
  redis.on('error', (error: unknown) => {
    trouble = error;
  });
  try {
    await redis.connect();
    const servers = redis instanceof Cluster ? redis.nodes('master') : [redis];
    const ids = await Promise.all(servers.map((one) => checkServer(one, way.is, `${setting}: the Redis at ${place}`)));
    fromNowOn(redis);
    return { redis, place, runId: ids[0] ?? '' };
  } catch (error) {
    closeLine(redis);
    if (error instanceof CannotStart) throw error;
    throw new CannotStart(`${setting}: ${whyNot(place, way.is, trouble ?? error)}`, { cause: error });
  }
}

/** The first try decides. */
function unconnected(way: RedisWay): Line {
  const { username, password, family } = way;
  const options = {
    ...(username !== '' && { username }),
    ...(password !== '' && { password }),
    ...(family !== 0 && { family }),
    ...(way.tls && { tls: {} }),
    lazyConnect: true,
    connectTimeout: ANSWER_MS_MAX,
    commandTimeout: ANSWER_MS_MAX,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // a primary that was demoted stays connected and refuses every write: the address may lead to another by now
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
    retryStrategy: () => null,
    protocol: 2,
    disableClientInfo: true, // needs no right that the service does not need
  } satisfies RedisOptions;
  // who subscribes does so anew by itself: where the library's own try fails nobody hears of it, and that ends the process
  const ofOne = { ...options, autoResubscribe: false };
  if (way.is === 'alone') return new Redis({ ...ofOne, ...way.hosts[0]!, db: way.db });
  if (way.is === 'sentinel')
    return new Redis({
      ...ofOne,
      db: way.db,
      name: way.name,
      sentinels: [...way.hosts],
      ...(way.sentinelPassword !== '' && { sentinelPassword: way.sentinelPassword }),
      ...(way.tls && { enableTLSForSentinelMode: true, sentinelTLS: {} }),
      sentinelCommandTimeout: ANSWER_MS_MAX,
      sentinelRetryStrategy: () => null,
      failoverDetector: true, // a primary that hangs is left once another one took over
    });
  return new Cluster([...way.hosts], {
    lazyConnect: true,
    enableOfflineQueue: false,
    shardedSubscribers: true,
    clusterRetryStrategy: () => null,
    slotsRefreshTimeout: ANSWER_MS_MAX,
    // long enough for a replica to take over is too long for whoever asks: she asks again
    maxRedirections: 4,
    redisOptions: options,
  });
}

/** How long to wait after so many tries. */
export const again = (times: number): number => Math.min(50 * 2 ** times, RECONNECT_MS_MAX);

function fromNowOn(redis: Line): void {
  if (redis instanceof Cluster) redis.options.clusterRetryStrategy = again;
  else {
    Object.assign(redis.options, { retryStrategy: again, sentinelRetryStrategy: again });
    if (redis.options.sentinels) neverEnds(redis);
  }
}

const closed = new WeakSet<Line>();

/** The only way to end a line that was opened here. */
export function closeLine(redis: Line): void {
  closed.add(redis);
  redis.disconnect();
}

/**
 * The library gives a line up for good where it hears that another primary took over in the moment in which it asks a Sentinel for
 * the primary: what ends the line to the old one ends that question, too. Whoever ended it, it begins again unless it was us.
 */
function neverEnds(redis: Redis): void {
  let times = 0;
  redis.on('ready', () => (times = 0));
  redis.on('end', () => {
    if (closed.has(redis)) return;
    setTimeout(
      () => {
        // rejects where its try ends as well, and that is heard here
        if (!closed.has(redis) && redis.status === 'end') redis.connect().catch(() => undefined);
      },
      again((times += 1)),
    );
  });
}

function whyNot(place: string, kind: RedisWay['is'], error: unknown): string {
  const says = error instanceof Error ? error.message : '';
  if (/WRONGPASS|NOAUTH|NOPERM|AUTH/.test(says)) return `the Redis at ${place} refuses the name or the password.`; // ours: what Redis says of itself
  if (kind === 'sentinel' && /sentinels are unreachable/.test(says))
    return `no Sentinel tells the primary of ${place}; the name behind the hosts must be that of "sentinel monitor".`; // ours: what the library says
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  return `no Redis answers at ${place}${code}.`;
}
