import type { Limits } from '@clbchat/shared/limits';
import { Cluster, type Redis } from 'ioredis';
import { measuredClock, type MeasuredClock } from '../kernel/clock.ts';
import { CannotStart } from './cannotStart.ts';
import { closeLine, openClient, openLine, type Client, type Line } from './client.ts';
import { missingAt } from './commands.ts';
import { forgettingOf, keepingOf } from './keeping.ts';

export interface Connecting {
  /** REDIS_URL: what is forgotten */
  readonly liveUrl: string;
  /** RECORDS_REDIS_URL: what is kept */
  readonly recordsUrl: string;
  /** of the centre, with which all its keys begin: commands are looked for on these */
  readonly tag?: string;
  readonly production: boolean;
  readonly limits: Pick<Limits, 'clockEveryMs' | 'clocksApartMsMax'>;
}

type Watcher = (is: 'lost' | 'back') => void;

export interface Connected {
  readonly live: Line;
  readonly records: Redis;
  /** a second connection to the live store, which only hears what other processes post here */
  readonly post: Line;
  /** a second connection to the records, which only hears what others write */
  readonly news: Redis;
  /** that of the live Redis, which all nodes share */
  readonly clock: MeasuredClock;
  /** sentences for whoever started it */
  readonly warnings: readonly string[];
  /** From now on it is told once for each time that the live connection goes or is back. */
  watch(told: Watcher): void;
  close(): void;
}

/**
 * Opens both stores and measures the clock.
 *
 * @throws CannotStart when one cannot be used or the records one is not known to write every change to its disk [A6], and in
 *   production also when live and records are one server or the live one is known to write conversations to a disk.
 */
export async function connectStores({ liveUrl, recordsUrl, tag, production, limits }: Connecting): Promise<Connected> {
  const opened: Client<Line>[] = [];
  try {
    const live = await openLine('REDIS_URL', liveUrl);
    opened.push(live);
    const post = await openLine('REDIS_URL', liveUrl);
    opened.push(post);
    const records = await openClient('RECORDS_REDIS_URL', recordsUrl);
    opened.push(records);
    const news = await openClient('RECORDS_REDIS_URL', recordsUrl);
    opened.push(news);

    const wrong = await wrongWith(live, records);
    if (production && wrong.refused.length > 0) throw new CannotStart(wrong.refused[0]!);
    const forgetting = await forgettingOf(records.redis);
    if (forgetting) throw new CannotStart(`RECORDS_REDIS_URL: the Redis at ${records.place} ${forgetting}`);
    const missing = tag === undefined ? null : await missingAt(live.redis, tag);
    if (missing) throw new CannotStart(`REDIS_URL: the Redis at ${live.place} ${missing}`);
    const clock = measuredClock(() => timeOf(live.redis, tag));
    if (!(await clock.measure())) throw new CannotStart(`REDIS_URL: the Redis at ${live.place} answers too slowly.`);
    const apart = apartIn(clock.nowMs() - (await timeOf(records.redis)), limits.clocksApartMsMax);
    if (production && apart) throw new CannotStart(apart);
    const watchers = new Set<Watcher>();
    const stop = keepMeasuring(live.redis, clock, limits.clockEveryMs, watchers);
    return {
      live: live.redis,
      records: records.redis,
      post: post.redis,
      news: news.redis,
      clock,
      warnings: [...wrong.refused, ...(apart ? [apart] : []), ...wrong.told],
      watch: (told) => void watchers.add(told),
      close() {
        stop();
        for (const { redis } of opened) closeLine(redis);
      },
    };
  } catch (error) {
    for (const { redis } of opened) closeLine(redis);
    throw error;
  }
}

async function wrongWith(live: Client<Line>, records: Client): Promise<{ refused: string[]; told: string[] }> {
  const refused: string[] = [];
  if (live.runId === records.runId) {
    refused.push(
      'REDIS_URL and RECORDS_REDIS_URL are the same server; what is forgotten and what is kept need one each.',
    );
  }
  const keeping = await keepingOf(live.redis);
  if (keeping !== 'unknown') return { refused: [...refused, ...keeping], told: [] };
  return {
    refused,
    told: [
      'the live Redis does not say whether it writes to a disk; it must not, nor may a replica of it. Give its account the right +config|get.',
    ],
  };
}

/** Processes live by the one clock, commands at the shell by the other: what opens for 15 minutes would be over at once, or open for longer [G3]. */
const apartIn = (ms: number, msMax: number): string | null =>
  Math.abs(ms) <= msMax
    ? null
    : `the clocks of REDIS_URL and RECORDS_REDIS_URL are ${Math.round(Math.abs(ms) / 1_000)} s apart, and ${msMax / 1_000} s is the most; let both machines keep the same time (NTP).`;

const TIME = "#!lua flags=no-writes\nreturn redis.call('TIME')";

/** Microseconds are dropped: the clock is one of milliseconds. */
export async function timeOf(redis: Line, tag = ''): Promise<number> {
  // of a cluster the one counts that has the centre's keys: its scripts compare with their own
  const time = redis instanceof Cluster ? await redis.eval(TIME, 1, tag) : await redis.time();
  const [seconds, micros] = time as [string, string];
  return Number(seconds) * 1_000 + Number(micros) / 1_000;
}

/** Every so often, and whenever the connection is back: it may be to another machine. A failed measurement changes nothing. */
function keepMeasuring(redis: Line, clock: MeasuredClock, everyMs: number, watchers: ReadonlySet<Watcher>): () => void {
  let lost = false;
  const measure = () => void clock.measure().catch(() => false);
  const timer = setInterval(measure, everyMs);
  timer.unref();
  const tell = (isLost: boolean) => {
    if (lost !== isLost) for (const told of watchers) told(isLost ? 'lost' : 'back');
    lost = isLost;
  };
  const onClose = () => tell(true);
  const onReady = () => {
    measure();
    tell(false);
  };
  redis.on('close', onClose);
  redis.on('ready', onReady);
  return () => {
    clearInterval(timer);
    redis.off('close', onClose);
    redis.off('ready', onReady);
  };
}
