import { Bug, Problem } from '@clbchat/server/kernel/failure';
import { measuredClock } from '@clbchat/server/kernel/clock';
import { connectStores, type Connected } from '@clbchat/server/redis/connect';
import { redisStore } from '@clbchat/server/store.redis';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { tightLimits as limits, tightRules as rules } from '../store/tight.ts';
import { fakeClock } from '../support/clock.ts';
import { AS_RECORDS, startRedis, type TestRedis } from '../support/redis.ts';
import { dumpOf, textOf } from './dump.ts';
import { joinInput, message, talking } from './scene.ts';
import { lookAt, storeOn, TAG } from './world.ts';

let server: TestRedis;
let records: TestRedis;
let redis: Redis;
beforeAll(async () => {
  [server, records] = await Promise.all([startRedis(), startRedis(AS_RECORDS)]);
});
afterAll(async () => {
  await Promise.all([server.stop(), records.stop()]);
});
beforeEach(async () => {
  redis = lookAt(server);
  await redis.flushall();
});
afterEach(() => redis.disconnect());

const open = { hours: { is: 'open' } } as const;

test('[R5] after a gap in which nobody could give a sign of life, nobody is released for it', async () => {
  const clock = fakeClock();
  const store = storeOn(redis, clock);
  const { visitor, desk } = await talking(store, clock);
  await store.retention.tick(open);
  clock.advance(limits.tickGapMs + rules.releaseMs); // the store hung; nobody's sign came through
  expect(await store.retention.tick(open)).toMatchObject({ grace: true });
  expect(await store.visit.state(visitor)).toMatchObject({ state: { stage: 'talking' } });
  clock.advance(limits.graceMs);
  await store.presence.beat([desk]); // grace was long enough to say that she is there
  await store.visit.seen([visitor]);
  await store.conversation.append({ side: 'v', ...visitor, ...message(visitor.visitId, 1) });
  expect(await store.retention.tick(open)).toMatchObject({ grace: false });
  expect(await store.visit.state(visitor)).toMatchObject({ state: { stage: 'talking' } });
});

test('[R5] the same when another run of Redis has taken over the data', async () => {
  const clock = fakeClock();
  const store = storeOn(redis, clock);
  const { visitor } = await talking(store, clock);
  await store.retention.tick(open);
  expect(await redis.hget(`${TAG}:tick`, 'life')).toMatch(/^[0-9a-f]{40}$/);
  await redis.hset(`${TAG}:tick`, 'life', 'that of the one before');
  clock.advance(rules.releaseMs);
  expect(await store.retention.tick(open)).toMatchObject({ grace: true });
  expect(await store.visit.state(visitor)).toMatchObject({ state: { stage: 'talking' } });
});

test.each([limits.clockSkewMsMax + 500, -limits.clockSkewMsMax - 500])(
  '[R5 V8] a node whose clock is %i ms off lets nothing run out and rings nobody',
  async (offMs) => {
    const clock = measuredClock(async () => {
      const [seconds, micros] = await redis.time();
      return Number(seconds) * 1_000 + Number(micros) / 1_000;
    });
    await clock.measure();
    const right = redisStore({ redis, tag: TAG, clock, limits, rules, checksClock: true });
    await right.queue.join(joinInput(1));
    await expect(right.retention.tick(open)).resolves.toMatchObject({ grace: false });
    await expect(right.routing.match()).resolves.toMatchObject({ offers: 0 });
    const before = textOf(await dumpOf(redis));

    const skewed = { nowMs: () => clock.nowMs() + offMs };
    const wrong = redisStore({ redis, tag: TAG, clock: skewed, limits, rules, checksClock: true });
    await expect(wrong.retention.tick(open)).rejects.toBeInstanceOf(Bug);
    await expect(wrong.routing.match()).rejects.toBeInstanceOf(Bug);
    expect(textOf(await dumpOf(redis))).toBe(before);
  },
);

test('[M2] what goes by the time and came to Redis only after a stand-still is late, and its clock is not wrong', async () => {
  let stoodMs = limits.clockSkewMsMax + 500;
  const clock = { nowMs: () => Date.now() - stoodMs };
  const store = redisStore({ redis, tag: TAG, clock, limits, rules, checksClock: true });
  for (const ask of [() => store.retention.tick(open), () => store.routing.match()]) {
    stoodMs = limits.clockSkewMsMax + 500;
    const asked = ask();
    stoodMs = 0;
    await refused(asked);
  }
  expect(await dumpOf(redis)).toEqual([]);
  await expect(store.retention.tick(open)).resolves.toMatchObject({ grace: false });
});

/** Both stores as a server opens them, and what it is told of the connection. */
async function connected(): Promise<Connected & { told: string[] }> {
  const urls = { liveUrl: server.url, recordsUrl: records.url };
  const stores = await connectStores({ ...urls, production: false, limits });
  const told: string[] = [];
  stores.watch((is) => told.push(is));
  return { ...stores, told };
}
const refused = async (asked: Promise<unknown>): Promise<void> => {
  const error = await asked.catch((each: unknown) => each);
  expect(error).toBeInstanceOf(Problem);
  expect(error).toMatchObject({ code: 'unavailable' });
};

test('[M2] while Redis is gone commands are refused at once, and it serves again when it is back, scripts and all', async () => {
  const { live, clock, told, close } = await connected();
  const store = redisStore({ redis: live, tag: TAG, clock, limits, rules, checksClock: true });
  expect(await store.queue.join(joinInput(1))).toMatchObject({ is: 'joined', ticket: 1 });
  await server.kill();
  await refused(store.queue.facts());
  await vi.waitUntil(() => told.includes('lost'));
  // at once: no timer runs in between, and nothing is heard
  let said = false;
  void refused(store.queue.join(joinInput(2))).then(() => (said = true));
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(said).toBe(true);

  await server.restart(); // empty, and it knows none of the scripts
  await vi.waitUntil(() => told.includes('back'), { timeout: 10_000 });
  expect(await store.queue.facts()).toMatchObject({ waiting: 0 }); // nothing was kept for later
  expect(await store.queue.join(joinInput(2))).toMatchObject({ is: 'joined', ticket: 1 });
  expect(told).toEqual(['lost', 'back']);
  close();
});

test('[M2] a Redis that hangs is given up within seconds, and answers are not mixed up afterwards', async () => {
  const { live, clock, close } = await connected();
  const store = redisStore({ redis: live, tag: TAG, clock, limits, rules, checksClock: true });
  await store.queue.join(joinInput(1));
  server.pause();
  try {
    // timers of one process run in their order, however late: 2 s is before 2.5 s
    const order: string[] = [];
    const asked = [store.queue.facts(), store.queue.join(joinInput(2))];
    const later = new Promise<void>((resolve) => setTimeout(() => resolve(void order.push('2.5 s')), 2_500));
    await Promise.all([...asked.map((each) => refused(each).then(() => order.push('refused'))), later]);
    expect(order).toEqual(['refused', 'refused', '2.5 s']);
  } finally {
    server.resume();
  }
  expect(await store.queue.join(joinInput(1))).toMatchObject({ is: 'joined', ticket: 1 });
  expect(await store.queue.join(joinInput(2))).toMatchObject({ is: 'joined', ticket: 2 });
  close();
});

test("[M2] a script that is wrong, or answers what nobody knows, is our fault and not the store's", async () => {
  const clock = fakeClock();
  const talk = storeOn(redis, clock).queue;
  await redis.set(`${TAG}:q`, 'not a sorted set');
  await expect(talk.facts()).rejects.toBeInstanceOf(Bug);
  const odd = { evalsha: async () => '{"is":"odd"}', eval: async () => '{"is":"odd"}' };
  const store = redisStore({ redis: odd as never, tag: TAG, clock, limits, rules, checksClock: false });
  await expect(store.queue.join(joinInput(1))).rejects.toBeInstanceOf(Bug);
});
