import { accountsOf } from '@clbchat/server/accounts/accounts.store';
import { sessionsOf } from '@clbchat/server/accounts/sessions.store';
import { openRecords } from '@clbchat/server/records/open.redis';
import type { AccountId } from '@clbchat/shared/ids';
import { limits } from '@clbchat/shared/limits';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { AS_RECORDS, startRedis } from '../support/redis.ts';
import { lookAt, ownRedis, storeOn, TAG } from './world.ts';

const live = await ownRedis();
const server = await startRedis(AS_RECORDS);
const redis = lookAt(server);
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});
beforeEach(() => Promise.all([redis.flushall(), live.flushdb()]));

const LIEN = 'lien' as AccountId;
/** One process: its clock is that of the live store, which may have another date; that of the records is right. */
async function node() {
  const [seconds] = await redis.time();
  const clock = fakeClock(Number(seconds) * 1_000);
  const records = await openRecords({ redis, tag: TAG, clock, clockApartMsMax: limits.clocksApartMsMax });
  const accounts = accountsOf(records, clock.nowMs);
  await accounts.make(LIEN, { name: 'Lien', roles: ['counsellor'], disabled: false }, '@shell');
  const { presence } = storeOn(live, clock, { limits });
  const sessions = sessionsOf({ records, accounts, presence, nowMs: clock.nowMs, limits });
  return { clock, sessions, records };
}

test.each([
  ['nobody was there for so long, as the job of each minute finds', limits.sessionIdleMs + 60_000, 'job'],
  ['nobody was there for so long, as her next request finds', limits.sessionIdleMs + 60_000, 'request'],
  ['its absolute end has come', limits.sessionMs - 60_000, 'request'],
] as const)(
  '[A2] a live machine that has another date for a minute signs nobody out for good: %s',
  async (_why, aheadMs, by) => {
    const { clock, sessions, records } = await node();
    const { session } = await sessions.open(LIEN, 'passkey');
    expect(await sessions.find(session.binding)).not.toBeNull();
    clock.advance(aheadMs);
    if (by === 'job') await sessions.endIdle();
    else await sessions.find(session.binding);
    clock.advance(5_000 - aheadMs);
    expect(await records.list('session')).toHaveLength(1);
    expect(await sessions.find(session.binding)).not.toBeNull();
  },
);

test('[A2 A14] on the right date who was away for half an hour is signed out, as before', async () => {
  const { clock, sessions, records } = await node();
  const { session } = await sessions.open(LIEN, 'passkey');
  await sessions.find(session.binding);
  // the records' own clock cannot be moved: the live store heard of her half an hour ago
  const [[name]] = (await live.keys('*awake*')).map((key) => [key]) as [[string]];
  await live.zincrby(name, -limits.sessionIdleMs, session.binding);
  await sessions.endIdle();
  expect(await records.list('session')).toEqual([]);
  clock.advance(1_000);
  expect(await sessions.find(session.binding)).toBeNull();
});
