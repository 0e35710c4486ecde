import { Problem } from '@clbchat/server/kernel/failure';
import type { LiveStore } from '@clbchat/server/store.memory';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fakeClock, type FakeClock } from '../support/clock.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { tightRules as rules } from '../store/tight.ts';
import { tokenName } from '../store/world.ts';
import { dumpOf, textOf } from './dump.ts';
import { enterInput, joinInput, message, SAMIR, talking } from './scene.ts';
import { lookAt, storeOn } from './world.ts';

let server: TestRedis;
let redis: Redis;
let clock: FakeClock;
let store: LiveStore;
beforeAll(async () => {
  server = await startRedis();
  redis = lookAt(server);
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});
beforeEach(async () => {
  await redis.config('SET', 'maxmemory', 0);
  await redis.flushdb();
  clock = fakeClock();
  store = storeOn(redis, clock);
});

/** From now on it has no room left. */
const fill = () => redis.config('SET', 'maxmemory', 1);

test('[M1 V8] a full store refuses whole what would make it grow, and says that it may work later', async () => {
  const { visitId, visitor, desk, holder } = await talking(store, clock);
  await store.queue.join(joinInput(2));
  await fill();
  const before = textOf(await dumpOf(redis));
  const growing: Record<string, () => Promise<unknown>> = {
    join: () => store.queue.join(joinInput(3)),
    attach: () => store.visit.attach({ visitId, token: tokenName(1, 0), next: tokenName(1, 1) }),
    enter: () => store.presence.enter(enterInput(SAMIR, clock)),
    status: () => store.presence.status({ ...desk, status: 'paused', requestId: 'r' as never }),
    match: () => store.routing.match(),
    take: () => store.routing.take({ ...desk, ticket: 'next', requestId: 'r2' as never }),
    append: () => store.conversation.append({ side: 'v', ...visitor, ...message(visitId, 1) }),
    restore: () => store.conversation.restore({ side: 'v', ...visitor, frames: [message(visitId, 1)] }),
    keyOffer: () => store.conversation.keyOffer({ ...holder, epoch: 2, keyOffer: 'offer.2' }),
  };
  for (const [name, run] of Object.entries(growing)) {
    const refusal = await run().catch((error: unknown) => error);
    expect(refusal, name).toBeInstanceOf(Problem);
    expect(refusal, name).toMatchObject({ code: 'unavailable' });
  }
  expect(textOf(await dumpOf(redis))).toBe(before);
});

test('[M1 V2] a full store still answers every question', async () => {
  const { visitor, desk, visitId } = await talking(store, clock);
  await store.conversation.append({ side: 'v', ...visitor, ...message(visitId, 1) });
  await fill();
  expect(await store.visit.state(visitor)).toMatchObject({ is: 'state', state: { stage: 'talking', last: 1 } });
  expect(await store.presence.desk(desk)).toMatchObject({ is: 'desk', desk: { held: [{ visitId }] } });
  expect(await store.queue.facts()).toMatchObject({ waiting: 0, staffed: true });
  expect(await store.queue.rows(9)).toEqual([]);
  expect(await store.conversation.since({ side: 'v', ...visitor, seq: 0 })).toMatchObject({ since: { last: 1 } });
  const typing = await store.conversation.passing({ side: 'v', ...visitor, ...message(visitId, 2) });
  expect(typing.hints).toHaveLength(1);
});

test('[M1 V4] a full store lets a visit end, and nothing of it stays', async () => {
  const { visitId, visitor, desk } = await talking(store, clock);
  await store.conversation.append({ side: 'v', ...visitor, ...message(visitId, 1) });
  await fill();
  expect(await store.visit.end({ by: 'visitor', ...visitor, reason: 'visitor_left' })).toMatchObject({ is: 'ended' });
  expect(textOf(await dumpOf(redis))).not.toContain(visitId);
  expect(await store.presence.leave(desk)).toMatchObject({ is: 'left' });
});

test('[M1 R7] a full store hears signs of life, releases who is silent, and keeps who is not', async () => {
  const { visitor, desk } = await talking(store, clock);
  await store.retention.tick({ hours: { is: 'open' } });
  await fill();
  await store.queue.tell(3);
  expect(await storeOn(redis, clock, { node: 'other' }).queue.facts()).toMatchObject({ beyondElsewhere: 3 });
  clock.advance(rules.releaseMs - 1);
  expect(await store.presence.beat([desk])).toMatchObject({ hints: [] });
  await store.visit.seen([visitor]);
  await store.retention.tick({ hours: { is: 'open' } });
  expect(await store.visit.state(visitor)).toMatchObject({ state: { stage: 'talking', peerAgeMs: 0 } });

  clock.advance(rules.releaseMs);
  await store.visit.seen([visitor]);
  await store.retention.tick({ hours: { is: 'open' } });
  expect(await store.visit.state(visitor)).toMatchObject({ state: { stage: 'waiting', hold: 2 } });
  expect(await store.visit.drop(visitor)).toEqual({ is: 'dropped' });
  expect(await store.visit.unload({ visitId: visitor.visitId, token: tokenName(1, 0) })).toEqual({ is: 'noted' });
});
