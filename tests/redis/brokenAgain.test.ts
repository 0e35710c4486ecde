import { openRecords } from '@clbchat/server/records/open.redis';
import { openClient, openLine } from '@clbchat/server/redis/client';
import { openPost } from '@clbchat/server/redis/post';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { processes } from './processes.ts';

const { server, redis } = await processes();
const SUBSCRIBE = /\r\ns?subscribe\r\n/i;

/** Between a process and its store: lets everything pass, and breaks where somebody subscribes anew. */
let breaks = 0;
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
  near.on('data', (data) => {
    if (breaks === 0 || !SUBSCRIBE.test(data.toString('latin1'))) return void far.write(data);
    breaks -= 1;
    near.destroy();
  });
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((listens) => between.listen(0, '127.0.0.1', listens));
  url = `redis://127.0.0.1:${(between.address() as AddressInfo).port}`;
});
afterAll(() => {
  for (const end of ends) end.destroy();
  between.close();
});

/** What would have ended the process. */
let unheard: unknown[];
const note = (reason: unknown) => void unheard.push(reason);
beforeEach(() => {
  unheard = [];
  process.on('unhandledRejection', note);
});
afterEach(() => void process.off('unhandledRejection', note));

test.each([
  [
    'what changed in the records',
    async (hears: () => void) => {
      const { redis: news } = await openClient('RECORDS_REDIS_URL', url);
      (await openRecords({ redis, news, tag: '{demo}', clock: fakeClock() })).watch(hears);
      return news;
    },
  ],
  [
    'what other processes post',
    async (hears: () => void) => {
      const { redis: line } = await openLine('REDIS_URL', url);
      await openPost(line, '{demo}:node:one', hears);
      hears();
      return line;
    },
  ],
])(
  '[A16 M6] a line that breaks again while it subscribes anew ends no process, and hears once it is back: %s',
  async (_what, opens) => {
    let heard = 0;
    const line = await opens(() => (heard += 1));
    await expect.poll(() => heard).toBeGreaterThan(0);
    for (const many of [1, 2]) {
      const before = heard;
      breaks = many;
      await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
      await expect.poll(() => [breaks, heard > before], { timeout: 20_000 }).toEqual([0, true]);
    }
    line.disconnect();
    expect(unheard).toEqual([]);
  },
);
