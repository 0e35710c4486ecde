import { openRecords } from '@clbchat/server/records/open.redis';
import { redisStore } from '@clbchat/server/store.redis';
import type { Redis } from 'ioredis';
import { TOTP } from 'otpauth';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { begins, cookieOf, post, said, type Begun } from '../support/gettingIn.ts';
import { AS_RECORDS, startRedis, type TestRedis } from '../support/redis.ts';
import type { Answer } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { fakeTimers } from '../support/timers.ts';
import { lookAt, ownRedis } from './world.ts';

const LOGIN = 'noor@clb.test';
const PASSWORD = 'een zin die niemand raadt';
const STEP_MS = 30_000;

const live = await ownRedis();
let kept: TestRedis;
let redis: Redis;
beforeAll(async () => {
  kept = await startRedis(AS_RECORDS);
  redis = lookAt(kept);
});
afterAll(async () => {
  redis.disconnect();
  await kept.stop();
});

let nodes: readonly [TestService, TestService];
let noor: Begun;
let totp: TOTP;
beforeEach(async () => {
  await Promise.all([redis.flushall(), live.flushdb()]);
  const clock = fakeClock();
  const machine = { clock, timers: fakeTimers(clock) };
  const node = () =>
    startService({
      machine,
      passkeys: true,
      store: (needs) => redisStore({ ...needs, redis: live, tag: '{demo}', checksClock: false }),
      records: (at) => openRecords({ redis, tag: '{demo}', clock: at }),
      publicOrigin: 'http://localhost:8080',
    });
  nodes = [await node(), await node()];
  noor = await begins(nodes[0]);
  const begun = await post(nodes[0], '/api/password/begin', { login: LOGIN, password: PASSWORD }, noor.cookie);
  totp = new TOTP({ secret: said<{ secret: string }>(begun).secret, digits: 6, period: 30 });
  await post(nodes[0], '/api/password/confirm', { code: code() }, noor.cookie);
  clock.advance(STEP_MS);
});
afterEach(async () => {
  for (const service of nodes) await service.stop();
});

const code = () => totp.generate({ timestamp: nodes[0].clock.nowMs() });
const types = (at: TestService, password = PASSWORD) => post(at, '/api/sign-in/password', { login: LOGIN, password });
const shows = (at: TestService, half: Answer, typed: string) =>
  post(at, '/api/sign-in/totp', { code: typed }, cookieOf(half));
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status).toSorted((a, b) => a - b);

describe('[G60] at two processes', () => {
  test('a code of the app counts at one of them, for one sign-in and for nothing else', async () => {
    const [one, other] = nodes;
    const halves = [await types(one), await types(other)] as const;
    const typed = code();
    expect(statuses(await Promise.all([shows(one, halves[0], typed), shows(other, halves[1], typed)]))).toEqual([
      200, 403,
    ]);
    nodes[0].clock.advance(STEP_MS);
    const half = await types(one);
    const again = { password: PASSWORD, code: code() };
    const both = [shows(one, half, again.code), post(other, '/api/step-up/password', again, noor.cookie)];
    expect(statuses(await Promise.all(both))).toEqual([200, 403]);
  });

  test('a sign-in goes on where it did not begin, and of one right password five codes may be tried in all', async () => {
    const [one, other] = nodes;
    expect((await shows(other, await types(one), code())).status).toBe(200);
    one.clock.advance(STEP_MS);
    const half = await types(one);
    for (const at of [one, other, one, other, one]) expect((await shows(at, half, '000000')).status).toBe(403);
    for (const at of nodes) expect((await shows(at, half, code())).status).toBe(403);
  });

  test('each counts the wrong ones that it saw itself: who was wrong at one waits there, and not at the other', async () => {
    const [one, other] = nodes;
    for (let times = 0; times < 2; times += 1) expect((await types(one, 'een andere zin')).status).toBe(403);
    expect([(await types(one)).status, (await types(other)).status]).toEqual([429, 200]);
  });
});
