import { openRecords } from '@clbchat/server/records/open.redis';
import { openClient, openLine } from '@clbchat/server/redis/client';
import { keepListening } from '@clbchat/server/redis/listening';
import { openPost } from '@clbchat/server/redis/post';
import type { Redis } from 'ioredis';
import { EventEmitter } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { fakeTimers } from '../support/timers.ts';
import { processes } from './processes.ts';

const { server, redis, open } = await processes();
const SUBSCRIBE = /\r\ns?subscribe\r\n/i;
const CHANNEL = '{demo}:node:one';
const NEWS = '{demo}:records:news';

/** Between a process and its store, which hangs: from where somebody subscribes, what a process says is held until it is let go. */
let holds = false;
/** that somebody subscribed so often since it hangs */
let tries = 0;
let letGo: (() => void)[] = [];
const ends = new Set<Socket>();
const between = createServer((near) => {
  const far = connect(Number(new URL(server.url).port), '127.0.0.1');
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    ends.add(one);
    one.on('error', () => undefined).on('close', () => other.destroy());
  }
  far.pipe(near);
  let held = false;
  near.on('data', (data) => {
    const subscribes = SUBSCRIBE.test(data.toString('latin1'));
    held ||= holds && subscribes;
    if (!held) return void far.write(data);
    if (subscribes) tries += 1;
    letGo.push(() => {
      held = false;
      far.write(data);
    });
  });
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((listens) => between.listen(0, '127.0.0.1', listens));
  url = `redis://127.0.0.1:${(between.address() as AddressInfo).port}`;
});
afterEach(async () => {
  holds = false;
  tries = 0;
  letGo = [];
  await redis.call('ACL', 'SETUSER', 'default', 'allchannels');
});
afterAll(() => {
  for (const end of ends) end.destroy();
  between.close();
});

/** What a line hears, `null` for what may have been missed. */
interface Ear {
  readonly heard: unknown[];
  readonly channel: string;
  readonly publish: 'SPUBLISH' | 'PUBLISH';
}
const ears: readonly (readonly [string, (words: unknown[]) => Promise<Ear>])[] = [
  [
    'what other processes post',
    async (heard) => {
      const { redis: line } = await openLine('REDIS_URL', url);
      open.push(line as Redis);
      await openPost(line, CHANNEL, (parcel) => void heard.push(parcel));
      heard.push(null); // as whoever starts asks for everything
      return { heard, channel: CHANNEL, publish: 'SPUBLISH' };
    },
  ],
  [
    'what changed in the records',
    async (heard) => {
      const { redis: news } = await openClient('RECORDS_REDIS_URL', url);
      open.push(news);
      const records = await openRecords({ redis, news, tag: '{demo}', clock: fakeClock() });
      records.watch((changed) => void heard.push(changed && 'told'));
      await expect.poll(() => heard).toEqual([null]);
      return { heard, channel: NEWS, publish: 'PUBLISH' };
    },
  ],
];
/** How often the store said since its last `RESETSTAT` that somebody may not do this. */
const refusals = async () => Number(/errorstat_NOPERM:count=(\d+)/.exec(await redis.info('errorstats'))?.[1] ?? 0); // of our own server
/** The connections that there are. */
const standing = async () => [...((await redis.client('LIST')) as string).matchAll(/^id=\d+/gm)].map(([id]) => id); // the same
const WORD = '{"changed":[]}';

test.each(ears)(
  '[N72 A16] a line whose store answers late says that something may have been missed once it hears, not before: %s',
  async (_what, opens) => {
    const { heard, channel, publish } = await opens([]);
    holds = true;
    await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    // nobody answered in time, and it asked once more
    await expect.poll(() => tries, { timeout: 20_000 }).toBeGreaterThan(1);
    expect(heard).toEqual([null]);
    expect(await redis.call(publish, channel, WORD), 'nobody hears yet').toBe(0);
    holds = false;
    for (const go of letGo.splice(0)) go();
    await expect.poll(() => heard.at(1)).toBeNull();
    expect(await redis.call(publish, channel, WORD)).toBe(1);
    await expect.poll(() => heard.at(-1)).not.toBeNull();
  },
);

test.each(ears)(
  '[A16 N72] a line that may not subscribe for a moment, and stands all the while, hears again: %s',
  async (_what, opens) => {
    const { heard, channel, publish } = await opens([]);
    // any refusal of a moment: a script that takes its time, an account that is being put anew
    await redis.call('CONFIG', 'RESETSTAT');
    await redis.call('ACL', 'SETUSER', 'default', 'resetchannels');
    await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await expect.poll(refusals, { timeout: 20_000 }).toBeGreaterThan(1);
    expect(heard).toEqual([null]);
    const before = await standing();
    await redis.call('ACL', 'SETUSER', 'default', 'allchannels');
    await expect.poll(() => heard.at(1), { timeout: 20_000 }).toBeNull();
    expect(await redis.call(publish, channel, WORD)).toBe(1);
    await expect.poll(() => heard.at(-1)).not.toBeNull();
    expect(await standing(), 'by the line that was refused').toEqual(before);
  },
);

test('[A16 N72] while it may not subscribe it asks again after a wait that doubles to 2 s, forgets that where the line breaks, and asks no more once it was stopped', async () => {
  const clock = fakeClock();
  const timers = fakeTimers(clock);
  const line = Object.assign(new EventEmitter(), { status: 'ready' });
  const began = clock.nowMs();
  let asked: number[] = [];
  let may = false;
  let heard = 0;
  const subscribe = async () => {
    asked.push(clock.nowMs() - began);
    if (!may) throw new Error('NOPERM');
  };
  const { now, stop } = keepListening(line as never, { subscribe, hears: () => (heard += 1), after: timers.after });
  now();
  await timers.advance(0);
  await timers.advance(9_000);
  expect(asked).toEqual([0, 50, 150, 350, 750, 1_550, 3_150, 5_150, 7_150]);
  expect(heard).toBe(0);

  line.status = 'reconnecting';
  asked = [];
  await timers.advance(9_000);
  expect(asked, 'of a line that is gone').toEqual([]);
  line.status = 'ready';
  line.emit('ready');
  await timers.advance(0);
  await timers.advance(100);
  expect(asked).toEqual([18_000, 18_050]);
  may = true;
  await timers.advance(9_000);
  expect([asked.length, heard], 'once it hears it asks no more').toEqual([3, 1]);

  may = false;
  line.emit('subscribersReady');
  await timers.advance(0);
  stop();
  line.emit('ready');
  await timers.advance(9_000);
  expect(asked.length).toBe(4);
});
