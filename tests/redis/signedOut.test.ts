import { redisSignedOut } from '@clbchat/server/accounts/signedOut.redis';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { connectCounsellor, deskOpens, signIn } from '../support/clients.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { lookAt } from './world.ts';

const limits = { sessionMs: 300_000 };
let records: TestRedis;
let redis: Redis;
const running = new Set<TestService>();
beforeAll(async () => {
  records = await startRedis();
  redis = lookAt(records);
  redis.on('error', () => undefined); // the command says it, too
});
afterAll(async () => {
  redis.disconnect();
  await records.stop();
});
afterEach(async () => {
  for (const service of running) await service.stop();
  running.clear();
  await redis.flushall();
});

/** One process of a centre; the secret of its sessions is that of the others. */
async function node(): Promise<TestService> {
  const service = await startService({ limits, signedOut: (nowMs) => redisSignedOut(redis, 'demo', nowMs) });
  running.add(service);
  return service;
}
const signOut = async (service: TestService, cookie: string): Promise<number> =>
  (
    await request(service, 'POST', '/api/demo/sign-out', {
      headers: { ...fromOurPage(service), cookie },
      body: '{}',
    })
  ).status;

test('[N17] who signed out at one process is out at the others, and after a restart', async () => {
  const [one, other] = [await node(), await node()];
  const lien = await signIn(one);
  const desk = await deskOpens(other, lien);
  expect(await signOut(one, lien.cookie)).toBe(204);
  await other.advance(other.limits.sessionCheckEveryMs + 1_000);
  for (const service of [one, other, await node()]) {
    await expect(connectCounsellor(service, lien)).rejects.toThrow('no_cert');
    const asked = await request(service, 'GET', '/api/demo/session', { headers: { cookie: lien.cookie } });
    expect(asked.status).toBe(401);
  }
  expect(await desk.closed).toBe('io server disconnect');
  await deskOpens(other, await signIn(other, 'lien', lien.device));
});

test('[N17 P1] what is kept of it is a digest that goes when the session would have ended', async () => {
  const service = await node();
  const { cookie, binding } = await signIn(service);
  service.clock.advance(100_000);
  const itsMs = async () => Number((await redis.time())[0]) * 1_000;
  const beforeMs = await itsMs();
  await signOut(service, cookie);
  const afterMs = (await itsMs()) + 1_000;
  const key = `{demo}:signed-out:${binding}`;
  expect([await redis.keys('*'), await redis.get(key)]).toEqual([[key], '1']);
  const goesMs = await redis.pexpiretime(key);
  expect(goesMs).toBeGreaterThanOrEqual(beforeMs + 200_000);
  expect(goesMs).toBeLessThanOrEqual(afterMs + 200_000);
});

test('[N17] while the store does not answer, sessions stand, and signing out holds where it was heard', async () => {
  const [one, other] = [await node(), await node()];
  const lien = await signIn(one);
  const desk = await deskOpens(one, lien);
  await records.kill();
  try {
    await one.advance(one.limits.sessionCheckEveryMs);
    expect(await desk.ask('desk:state', {})).toMatchObject({ ok: true });
    expect(await signOut(one, lien.cookie)).toBe(500);
    expect(await desk.closed).toBe('io server disconnect');
    await expect(connectCounsellor(one, lien)).rejects.toThrow('no_cert');
    (await connectCounsellor(other, lien)).leave();
    expect(one.said()).not.toContain(lien.binding);
  } finally {
    await records.restart();
  }
});
