import { connectStores, type Connected } from '@clbchat/server/redis/connect';
import { Problem } from '@clbchat/server/kernel/failure';
import { redisStore } from '@clbchat/server/store.redis';
import { digestOf } from '@clbchat/shared/digest';
import { limits } from '@clbchat/shared/limits';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { tightRules as rules } from '../store/tight.ts';
import { connectVisitor, deskOpens, visitorWaits } from '../support/clients.ts';
import { AS_RECORDS, startRedis, type TestRedis } from '../support/redis.ts';
import { startService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';
import { joinInput } from './scene.ts';
import { lookAt, TAG } from './world.ts';

let server: TestRedis;
let records: TestRedis;
let stores: Connected;
let told: string[];
beforeAll(async () => {
  [server, records] = await Promise.all([startRedis(), startRedis(AS_RECORDS)]);
});
afterAll(() => Promise.all([server.stop(), records.stop()]));
beforeEach(async () => {
  stores = await connectStores({ liveUrl: server.url, recordsUrl: records.url, production: false, limits });
  told = [];
  stores.watch((is) => told.push(is));
});
afterEach(() => stores.close());

const runIdNow = async (): Promise<string> => /^run_id:(\w+)/m.exec(await stores.live.info('server'))![1]!;

test('[V9 V10 R9] after a restart of Redis visit and desk are lost with another life, and the console sits down again as it was', async () => {
  const service = await startService({
    store: (needs) => redisStore({ ...needs, redis: stores.live, tag: TAG, checksClock: false }),
  });
  const ended = await visitorWaits(service);
  await good(ended.ask('visit:end', { why: 'left' }));
  const desk = await deskOpens(service, 'lien', { slots: 2, status: 'available' });
  const visitor = await visitorWaits(service);
  const { on } = await talks(desk, visitor);
  const { life } = await good(visitor.ask('visit:state', {}));
  expect([life, desk.state.life]).toEqual(Array(2).fill(await runIdNow()));
  const auth = async ({ visitId, proof }: typeof visitor.secrets) => ({ visitId, proof, next: await digestOf('x') });
  const refusal = async (who: typeof visitor) =>
    connectVisitor(service, { auth: await auth(who.secrets) }).catch((error: unknown) => error);
  expect(await refusal(ended), 'ended in this life').toMatchObject({ message: 'lost', data: { life } });

  await server.restart();
  await vi.waitUntil(() => told.includes('back'), { timeout: 20_000 });
  const other = await runIdNow();
  await service.advance(1_000);
  expect(other).not.toBe(life);
  const lost = { ok: false, code: 'lost', life: other };
  expect(await visitor.ask('visit:state', {})).toEqual(lost);
  expect(await refusal(visitor)).toMatchObject({ message: 'lost', data: { life: other } });
  expect(await desk.ask('talk:since', { ...on, seq: 0 })).toEqual(lost);
  expect(await desk.ask('desk:state', {})).toEqual(lost);
  // nobody took her seat: the same socket sits down again, and wishes what the service had said last
  const { status } = desk.state;
  const again = await good(desk.ask('desk:enter', { slots: 2, status: status === 'offline' ? 'paused' : status }));
  expect(again).toMatchObject({ status: 'available', slots: 2, life: other, held: [] });
  expect(again.seat).not.toBe(desk.state.seat);
  await service.stop();
});

test('[M2] a Redis that became a replica is `unavailable` and left; it serves again when it may write, or another does', async () => {
  const { live, clock } = stores;
  const store = redisStore({ redis: live, tag: TAG, clock, limits, rules, checksClock: true });
  expect(await store.queue.join(joinInput(1))).toMatchObject({ is: 'joined' });
  const operator = lookAt(server);
  await operator.replicaof('127.0.0.1', String(records.port));
  try {
    const error: unknown = await store.queue.join(joinInput(2)).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ code: 'unavailable', cause: { message: expect.stringMatching(/^READONLY /) } });
    await vi.waitUntil(() => told.includes('lost'), { timeout: 10_000 });
  } finally {
    await operator.replicaof('NO', 'ONE');
    operator.disconnect();
  }
  await vi.waitUntil(() => told.at(-1) === 'back', { timeout: 10_000 });
  await vi.waitFor(async () => expect(await store.queue.join(joinInput(2))).toMatchObject({ is: 'joined' }), 10_000);
});
