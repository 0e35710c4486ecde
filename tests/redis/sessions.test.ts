import { Problem } from '@clbchat/server/kernel/failure';
import { openRecords } from '@clbchat/server/records/open.redis';
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
  records = await startRedis(['--appendonly', 'yes', '--appendfsync', 'always']);
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

/** One process of a centre that hears nothing of what others write: what holds here holds by asking, and by the look each minute. */
async function node(): Promise<TestService> {
  const service = await startService({ limits, records: (clock) => openRecords({ redis, tag: '{demo}', clock }) });
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

test('[N17] who signed out at one process is out at the others, and after a restart; who did not is in', async () => {
  const [one, other] = [await node(), await node()];
  const lien = await signIn(one);
  const desk = await deskOpens(other, lien);
  expect(await signOut(one, lien.cookie)).toBe(204);
  await other.advance(other.limits.sessionCheckEveryMs + 1_000);
  for (const service of [one, other, await node()]) {
    await expect(connectCounsellor(service, lien)).rejects.toThrow('no_cert');
    const asked = await request(service, 'GET', '/api/demo/session', {
      headers: { ...fromOurPage(service), cookie: lien.cookie },
    });
    expect(asked.status).toBe(401);
  }
  expect(await desk.closed).toBe('io server disconnect');
  await deskOpens(other, await signIn(other, 'lien', lien.device));
});

test('[A30] who heard no answer to a renewal and signs out at another process is out at all', async () => {
  const [one, other] = [await node(), await node()];
  const lien = await signIn(one);
  const { headers } = await request(one, 'POST', '/api/session/renew', {
    headers: { ...fromOurPage(one), cookie: lien.cookie },
    body: '{}',
  });
  const next = (headers['set-cookie']?.[0] ?? '').split(';')[0];
  expect(await signOut(other, lien.cookie)).toBe(204);
  for (const service of [one, other]) {
    const asked = await request(service, 'GET', '/api/demo/session', {
      headers: { ...fromOurPage(service), cookie: next },
    });
    expect(asked.status).toBe(401);
  }
});

test('[A30 N17] a sign-in anew at another process outlives the sign-out before it that could not be noted, and leaves nothing on record once it is signed out', async () => {
  let cut = false;
  const here = await startService({
    limits,
    records: async (clock) => {
      const store = await openRecords({ redis, tag: '{demo}', clock });
      const over = <A extends unknown[], R>(does: (...args: A) => Promise<R>) => {
        return async (...args: A): Promise<R> => {
          if (cut) throw new Problem('unavailable');
          return does(...args);
        };
      };
      return { ...store, get: over(store.get), list: over(store.list), write: over(store.write) };
    },
  });
  running.add(here);
  const other = await node();
  const lien = await signIn(here);
  cut = true;
  expect(await signOut(here, lien.cookie)).toBe(500);
  cut = false;
  await here.advance(1);
  await other.advance(1);
  const { setCookie, session } = await other.sessions.open(lien.account, 'demo', here.sessions.bindingOf(lien.cookie));
  await here.sessions.settle();
  expect([await other.sessions.find(session.binding), await here.sessions.find(session.binding)]).toMatchObject([
    { binding: session.binding },
    { binding: session.binding },
  ]);
  expect(await signOut(here, setCookie.split(';')[0]!)).toBe(204);
  expect(await here.records.list('session')).toEqual([]);
});

test('[A11 P1] what is kept of a session opens nothing, and goes with its end or when she signs out', async () => {
  const service = await node();
  const { cookie, binding } = await signIn(service);
  const rows = () => redis.hgetall('{demo}:records:session');
  const endMs = service.clock.nowMs() + limits.sessionMs;
  expect(await rows()).toEqual({ [binding]: expect.stringMatching(new RegExp(`^\\d+ ${endMs} `)) });
  expect(JSON.stringify(await rows())).not.toContain(cookie.split('=')[1]);
  expect(JSON.parse((await rows())[binding]!.split(' ', 3)[2]!)).toEqual({
    account: 'lien',
    method: 'demo',
    made: '2026-11-23',
  });
  await signOut(service, cookie);
  expect(await rows()).toEqual({});

  await signIn(service);
  await service.advance(limits.sessionMs - 1);
  expect(Object.keys(await rows())).toHaveLength(1);
  await service.advance(service.limits.recordsSweepEveryMs);
  await expect.poll(rows).toEqual({}); // a real Redis answers when it can
});

test('[A12] a renewal holds at every process, at once where one connects, and is asked for again at another', async () => {
  const [one, other] = [await node(), await node()];
  const lien = await signIn(one);
  (await connectCounsellor(other, lien)).leave();
  const renew = async (service: TestService) => {
    const asked = { headers: { ...fromOurPage(service), cookie: lien.cookie }, body: '{}' };
    const answer = await request(service, 'POST', '/api/session/renew', asked);
    const { binding } = JSON.parse(answer.body) as { binding: string };
    return { ...lien, binding, cookie: (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '' };
  };
  const unheard = await renew(one);
  await expect(connectCounsellor(other, lien)).rejects.toThrow('no_cert');
  (await connectCounsellor(other, unheard)).leave();
  const heard = await renew(other);
  await expect(connectCounsellor(one, unheard)).rejects.toThrow('no_cert');
  await deskOpens(one, heard);
  // what nobody heard of is past its end, and the others stand
  const standing = (await one.records.list('session')).map(({ id }) => id);
  expect(standing.toSorted()).toEqual([lien.binding, heard.binding].toSorted());
});

test('[A13] a session that is ended at one process is out at the others, its socket within a minute', async () => {
  const [one, other] = [await node(), await node()];
  const there = await signIn(other);
  const desk = await deskOpens(other, there);
  const { cookie } = await signIn(one, 'lien', there.device);
  const asked = { headers: { ...fromOurPage(one), cookie }, body: '{"others":true}' };
  const { sessions } = JSON.parse((await request(one, 'POST', '/api/sessions/end', asked)).body) as {
    sessions: object[];
  };
  expect(sessions).toMatchObject([{ here: true }]);
  await expect(connectCounsellor(other, there)).rejects.toThrow('no_cert');
  await other.advance(other.limits.sessionCheckEveryMs + 1_000);
  expect(await desk.closed).toBe('io server disconnect');
});

test('[N17] while the records do not answer, sessions stand where they were met, and signing out holds where it was heard', async () => {
  const [one, other, stranger] = [await node(), await node(), await node()];
  const lien = await signIn(one);
  const desk = await deskOpens(one, lien);
  (await connectCounsellor(other, lien)).leave();
  await records.kill();
  try {
    await one.advance(one.limits.sessionCheckEveryMs);
    expect(await desk.ask('desk:state', {})).toMatchObject({ ok: true });
    expect(await signOut(one, lien.cookie)).toBe(500);
    expect(await desk.closed).toBe('io server disconnect');
    await expect(connectCounsellor(one, lien)).rejects.toThrow('no_cert');
    (await connectCounsellor(other, lien)).leave();
    await expect(connectCounsellor(stranger, lien)).rejects.toThrow('unavailable');
    expect(one.said()).not.toContain(lien.binding);
  } finally {
    await records.restart();
  }
  await expect.poll(() => connectCounsellor(stranger, lien).then((line) => line.leave(), String)).toBeUndefined();
  // the process that heard it makes up for it by itself
  await one.advance(one.limits.sessionCheckEveryMs);
  const there = () => connectCounsellor(stranger, lien).then((line) => line.leave(), String);
  await expect.poll(there).toContain('no_cert'); // its job waits for a real Redis
  expect(await signOut(one, lien.cookie)).toBe(204);
});

test('[N17] who asks again is told when it holds everywhere, and her browser keeps the cookie until then', async () => {
  const [one, other] = [await node(), await node()];
  const lien = await signIn(one);
  (await connectCounsellor(one, lien)).leave();
  await records.kill();
  const headers = { ...fromOurPage(one), cookie: lien.cookie };
  const first = await request(one, 'POST', '/api/demo/sign-out', { headers, body: '{}' });
  await records.restart();
  expect([first.status, first.headers['set-cookie']]).toEqual([500, undefined]);
  await expect.poll(() => redis.ping().catch(String)).toBe('PONG');
  const again = await request(one, 'POST', '/api/demo/sign-out', { headers, body: '{}' });
  expect([again.status, again.headers['set-cookie']?.[0]]).toEqual([204, expect.stringContaining('Max-Age=0')]);
  await expect(connectCounsellor(other, lien)).rejects.toThrow('no_cert');
});

test('[A11] a session whose account works here no more is nobody’s, at once where it is asked for and within a minute where a socket is open', async () => {
  const service = await node();
  const lien = await signIn(service);
  const desk = await deskOpens(service, lien);
  const store = await openRecords({ redis, tag: '{demo}', clock: service.clock });
  const account = { kind: 'account', id: 'lien' } as const;
  const row = await store.get(account);
  const disabled = JSON.stringify({ ...(JSON.parse(row!.text) as object), disabled: true });
  await store.write([{ ...account, rev: row!.rev, text: disabled }], null);
  await expect(connectCounsellor(service, lien)).rejects.toThrow('no_cert');
  await service.advance(service.limits.sessionCheckEveryMs + 1_000);
  expect(await desk.closed).toBe('io server disconnect');
  await store.write([{ ...account, rev: (await store.get(account))!.rev, text: null }], null);
  await expect(connectCounsellor(service, lien)).rejects.toThrow('no_cert');
});
