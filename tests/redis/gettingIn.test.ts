import { identitiesOf } from '@clbchat/server/accounts/identities.store';
import { openIdOf } from '@clbchat/server/edge/openId';
import { openRecords } from '@clbchat/server/records/open.redis';
import { redisStore } from '@clbchat/server/store.redis';
import type { AccountId, Digest } from '@clbchat/shared/ids';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { gettingInContract, identitiesContract, pendingContract } from '../records/gettingIn.ts';
import { addressOf, begins, beginsSignIn, cookieOf, makesFirst, post, said } from '../support/gettingIn.ts';
import { createAuthenticator } from '../support/authenticator.ts';
import { startOpenIdProvider } from '../support/openIdProvider.ts';
import { AS_RECORDS, startRedis, type TestRedis } from '../support/redis.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { lookAt, ownRedis, storeOn } from './world.ts';

const live = await ownRedis();
let centres = 0;
gettingInContract('on Redis', (clock) => openRecords({ redis: live, tag: `{getting-in-${(centres += 1)}}`, clock }));
identitiesContract('on Redis', (clock) => openRecords({ redis: live, tag: `{getting-in-${(centres += 1)}}`, clock }));
pendingContract('on Redis', (clock) => storeOn(live, clock).pending);

let kept: TestRedis;
let redis: Redis;
const running = new Set<TestService>();
beforeAll(async () => {
  kept = await startRedis(AS_RECORDS);
  redis = lookAt(kept);
});
afterAll(async () => {
  redis.disconnect();
  await kept.stop();
});
beforeEach(() => Promise.all([redis.flushall(), live.flushdb()]));
afterEach(async () => {
  for (const service of running) await service.stop();
  running.clear();
});

/** One process of a centre. All of them are behind one name. */
async function node(wishes: Parameters<typeof startService>[0] = {}): Promise<TestService> {
  const service = await startService({
    ...wishes,
    passkeys: true,
    store: (needs) => redisStore({ ...needs, redis: live, tag: '{demo}', checksClock: false }),
    records: (clock) => openRecords({ redis, tag: '{demo}', clock }),
    publicOrigin: 'http://localhost:8080',
  });
  running.add(service);
  return service;
}

test('[G3 G4] an address that two use at two processes makes one account', async () => {
  const [one, other] = [await node(), await node()];
  const token = await addressOf(one);
  const finishes = await Promise.all(
    [one, other].map(async (service) => {
      const made = await makesFirst(service, createAuthenticator(service.origin), { token });
      return { token, name: 'Noor', passkeys: [made], codes: true };
    }),
  );
  const both = await Promise.all([one, other].map((service, at) => post(service, '/api/begin/finish', finishes[at])));
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404]);
  expect(Object.keys(await redis.hgetall('{demo}:records:credential'))).toHaveLength(1);
  expect(await redis.hgetall('{demo}:records:token')).toEqual({});
});

test('[G5 G7] a sign-in that began at one process ends at another, once; a code is used up everywhere', async () => {
  const [one, other] = [await node(), await node()];
  const { authenticator, codes } = await begins(one);
  const { options, cookie } = await beginsSignIn(one);
  const shown = authenticator.show(options);
  const both = await Promise.all([one, other].map((service) => post(service, '/api/sign-in/passkey', shown, cookie)));
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403]);
  const session = cookieOf(both.find(({ status }) => status === 200)!);
  for (const service of [one, other])
    expect(
      said(await request(service, 'GET', '/api/session', { headers: { ...fromOurPage(service), cookie: session } })),
    ).toMatchObject({
      method: 'passkey',
    });

  const code = { code: codes[0] };
  const used = await Promise.all([one, other].map((service) => post(service, '/api/sign-in/code', code)));
  expect(used.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403]);
  expect(JSON.stringify(await redis.hgetall('{demo}:records:credential'))).not.toContain(codes[1]!.slice(0, 5));
});

test('[G31] who was sent to a provider at one process comes back at another, once; what is kept is no word of who asks', async () => {
  const provider = await startOpenIdProvider(['http://localhost:8080/console/']);
  try {
    const openId = (nowMs: () => number) => openIdOf(provider.settings, { nowMs, fetchFrom: provider.fetch });
    const [one, other] = [await node({ openId }), await node({ openId })];
    const { account } = await begins(one);
    const identities = identitiesOf(one.records, one.clock.nowMs);
    await identities.link(account as AccountId, { issuer: provider.settings.issuer, subject: 'subject-1' });
    await identities.confirm((await identities.list())[0]!, account as AccountId);
    const answer = await post(one, '/api/provider/begin');
    const cookie = cookieOf(answer);
    const url = await provider.signIn(said<{ to: string }>(answer).to, { name: 'lien', severalFactors: true });
    const brought = Object.fromEntries(new URLSearchParams(url.hash.slice(1)));
    const both = await Promise.all(
      [one, other].map((service) => post(service, '/api/provider/finish', brought, cookie)),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403]);
    for (const key of await live.keys('{demo}:pending:*'))
      for (const word of [cookie.split('=')[1], brought['state'], account])
        expect(`${key} ${await live.get(key)}`).not.toContain(word);
  } finally {
    await provider.stop();
  }
});

test('[G57] of a sign-in that has begun nothing is kept but the key of all, and of one that was answered a digest until its end', async () => {
  const service = await node();
  const { authenticator } = await begins(service);
  const keys = async () => (await live.keys('{demo}:pending:*')).toSorted();
  const [one, other] = [await beginsSignIn(service), await beginsSignIn(service)];
  const made = await keys();
  expect(made).toHaveLength(1);
  for (const { cookie, options } of [one, other])
    await post(service, '/api/sign-in/passkey', authenticator.show(options), cookie);
  const all = await keys();
  expect(all).toHaveLength(3);
  for (const key of all) {
    expect(key.length).toBe('{demo}:pending:'.length + 43);
    expect(await live.pttl(key)).toBeGreaterThan(0);
    expect(`${key} ${await live.get(key)}`).not.toContain(one.options.challenge);
  }
  await storeOn(live, service.clock).pending.take('x'.repeat(43) as Digest);
  expect(await keys()).toEqual(all);
});
