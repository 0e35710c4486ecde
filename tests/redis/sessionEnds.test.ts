import { openRecords } from '@clbchat/server/records/open.redis';
import { redisStore } from '@clbchat/server/store.redis';
import type { Limits } from '@clbchat/shared/limits';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { deskOpens, visitorWaits } from '../support/clients.ts';
import { AS_RECORDS, startRedis } from '../support/redis.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';
import { fakeTimers } from '../support/timers.ts';
import { lookAt, ownRedis } from './world.ts';

const live = await ownRedis();
const server = await startRedis(AS_RECORDS);
const redis = lookAt(server);
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

let nodes: readonly [TestService, TestService];
beforeEach(() => Promise.all([redis.flushall(), live.flushdb()]));
/** Two processes of a centre, which live by one clock. */
async function opened(limits: Partial<Limits>): Promise<void> {
  const clock = fakeClock();
  const machine = { clock, timers: fakeTimers(clock) };
  const node = () =>
    startService({
      ...{ machine, limits, passkeys: 'too', publicOrigin: 'http://localhost:8080' },
      store: (needs) => redisStore({ ...needs, redis: live, tag: '{demo}', checksClock: false }),
      records: (at) => openRecords({ redis, tag: '{demo}', clock: at }),
    });
  nodes = [await node(), await node()];
}
afterEach(async () => {
  for (const service of nodes) await service.stop();
});
/** What a process that never had a socket of hers says of the session. */
const statusAt = async (service: TestService, cookie: string) =>
  (await request(service, 'GET', '/api/session', { headers: { ...fromOurPage(service), cookie } })).status;
/** Steps that a job takes at either store, one after the other. */
const STEPS = 30;
/** Time passes at both, and their jobs come to an end: they ask on the same lines. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 30_000) {
    await nodes[0].advance(Math.min(30_000, left));
    for (let step = 0; step < STEPS; step += 1) await Promise.all([redis.ping(), live.ping()]);
  }
}

test('[A12] the end of a session does not fall into a conversation that is held at another process, and comes once its time is over everywhere', async () => {
  const limits = { sessionMs: 150_000, sessionHeldMsMax: 300_000 };
  await opened(limits);
  const [one, other] = nodes;
  const desk = await deskOpens(other, 'lien');
  const visitor = await visitorWaits(other);
  await talks(desk, visitor);
  await pass(limits.sessionMs + 30_000);
  expect(await good(desk.ask('desk:state', {}))).toBeTruthy();
  for (const service of nodes) expect(await statusAt(service, desk.signedIn.cookie)).toBe(200);
  await pass(limits.sessionHeldMsMax + one.limits.sessionCheckEveryMs);
  expect(await desk.closed).toBe('io server disconnect');
  for (const service of nodes) expect(await statusAt(service, desk.signedIn.cookie)).toBe(401);
});

test('[A14] a console at one process keeps its session at another, and half an hour after it went the session is over everywhere', async () => {
  const limits = { sessionIdleMs: 150_000 };
  await opened(limits);
  const [one, other] = nodes;
  const desk = await deskOpens(other, 'lien');
  await pass(3 * limits.sessionIdleMs);
  expect(await good(desk.ask('desk:state', {}))).toBeTruthy();
  expect(await statusAt(one, desk.signedIn.cookie)).toBe(200);
  desk.leave();
  await pass(limits.sessionIdleMs + 2 * one.limits.sessionCheckEveryMs);
  for (const service of nodes) expect(await statusAt(service, desk.signedIn.cookie)).toBe(401);
});
