import { digestOf, randomToken, visitIdOf } from '@clbchat/shared/digest';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { history } from '../store/operations.time.ts';
import { tightLimits as limits, tightRules as rules } from '../store/tight.ts';
import { shareName, VISITS, visitName, worldOf } from '../store/world.ts';
import { fakeClock } from '../support/clock.ts';
import { dumpOf, type Kept } from './dump.ts';
import { joinInput, message, OPEN, sits, waits } from './scene.ts';
import { ownRedis, storeOn, TAG } from './world.ts';

const redis = await ownRedis();
beforeEach(() => redis.flushdb());

const words = (text: string) => text.trim().split(/\s+/);

/** Name of a key after the centre's tag, its type, and the fields of a hash; null = fields are ids or numbers. */
const KNOWN: [RegExp, string, string[] | null][] = [
  [
    /^v:[\w-]{22}$/,
    'hash',
    words(`stage away unanswered front ticket firstTicket role topic lang vnonce joinedMs first tok tokPrev conn dropMs seenMs unloaded holder
      hold was offerTo offerNo offerByMs notBeforeMs tried openByMs openingMissed refusals talkedMs lastTextMs idleTold silentTold awayTold
      epoch epochNext keyWanted keyAskedMs rev seq`),
  ],
  [/^k:[\w-]{22}$/, 'hash', words('ridV RV ridC RC keyOffer sealed')],
  [/^s:[\w-]{22}$/, 'hash', null],
  [/^f:[\w-]{22}$/, 'stream', null],
  [/^desk:[\w-]+$/, 'hash', words('status slots serves seat dev certExpMs beatMs misses idleSinceMs presses')],
  [/^(held|ringing|letgo):[\w-]+$/, 'zset', null],
  [/^(all|q|line|desks|over)$/, 'zset', null],
  [/^n$/, 'hash', words('ticket offer order lastHandoutMs')],
  [/^(rings|takes)$/, 'hash', null],
  [/^gap$/, 'list', null],
  [/^tick$/, 'hash', words('atMs graceUntilMs staffGoneMs life')],
];

function inspect({ key, type, ttlMs, holds }: Kept): void {
  expect(key.startsWith(`${TAG}:`), key).toBe(true);
  const known = KNOWN.find(([name]) => name.test(key.slice(TAG.length + 1)));
  expect(known, `the key ${key} is in no inventory`).toBeDefined();
  const [, knownType, fields] = known!;
  expect(type, key).toBe(knownType);
  expect(ttlMs, `${key} has no end`).toBeGreaterThan(0);
  expect(ttlMs, `${key} lives too long`).toBeLessThanOrEqual(limits.deskBroomMs);
  if (/^\{twin\}:[vkfs]:/.test(key)) expect(ttlMs, key).toBeLessThanOrEqual(limits.broomMs);
  if (fields) for (let i = 0; i < holds.length; i += 2) expect(fields, `${key} ${holds[i]}`).toContain(holds[i]);
  for (const text of holds) expect(text.length, key).toBeLessThanOrEqual(11_010);
}

test('[P1 V4 V6] after every history each key is known and has an end, and nothing bears the id of an ended visit', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      await redis.flushdb();
      const clock = fakeClock();
      const world = worldOf(storeOn(redis, clock), clock);
      for (const { run } of steps) await run(world);
      const dump = await dumpOf(redis);
      dump.forEach(inspect);
      for (const visitId of VISITS.map(visitName)) {
        if (dump.some(({ key }) => key === `${TAG}:v:${visitId}`)) continue;
        const left = dump.filter((kept) => JSON.stringify(kept).includes(visitId));
        expect(
          left.map(({ key }) => key),
          'an ended visit left traces',
        ).toEqual([]);
      }
    }),
    { numRuns: 80 },
  );
});

test('[P1 E12] neither proof nor token of a visitor is in the store, only what was made of them', async () => {
  const store = storeOn(redis, fakeClock());
  const [proof, first, second] = [randomToken(32), randomToken(32), randomToken(32)];
  const visitId = await visitIdOf(proof);
  const input = {
    visitId,
    role: 'pupil',
    topic: 'health',
    lang: 'nl',
    vnonce: randomToken(32),
    share: shareName(1),
  } as const;
  await store.queue.join({ ...input, first: await digestOf(first), door: OPEN });
  await store.visit.attach({ visitId, token: await digestOf(first), next: await digestOf(second) });
  const dump = JSON.stringify(await dumpOf(redis));
  expect(dump).toContain(await digestOf(second));
  for (const secret of [proof, first, second]) expect(dump).not.toContain(secret);
});

test.each(['visitor', 'desk', 'time'])('[V4] nothing of a conversation stays when the %s ends it', async (by) => {
  const clock = fakeClock();
  const store = storeOn(redis, clock);
  const desk = await sits(store, clock);
  const { conn } = await waits(store);
  await store.queue.join(joinInput(2)); // rings meanwhile
  const taken = await store.routing.take({ ...desk, ticket: 1, requestId: 'request' as never });
  if (taken.is !== 'taken_over') throw new Error(taken.is);
  await store.routing.match();
  const { visitId } = taken.visit;
  const fence = { ...desk, visitId, hold: 1 };
  await store.conversation.keyOffer({ ...fence, epoch: 1, keyOffer: 'offer.1' });
  await store.conversation.keySeal({ visitId, conn, epoch: 1, sealed: 'sealed' });
  await store.conversation.keyShare({ side: 'c', ...fence, share: shareName(2) });
  await store.conversation.keyOpened({ ...fence, epoch: 1 });
  await store.conversation.append({ side: 'v', visitId, conn, ...message(visitId, 1) });
  expect((await dumpOf(redis)).filter((kept) => JSON.stringify(kept).includes(visitId)).length).toBeGreaterThan(6);

  if (by === 'visitor') await store.visit.end({ by, visitId, conn, reason: 'visitor_left' });
  if (by === 'desk') await store.visit.end({ by, ...fence, reason: 'counsellor_ended' });
  if (by === 'time') {
    clock.advance(rules.silenceMs);
    await store.presence.beat([desk]);
    await store.visit.seen([{ visitId, conn }]);
    await store.retention.tick({ hours: { is: 'open' } });
  }
  const left = (await dumpOf(redis)).filter((kept) => JSON.stringify(kept).includes(visitId));
  expect(left.map(({ key }) => key)).toEqual([]);
});

test('[V6] what a visit left when its own key ran out is swept by the next tick', async () => {
  const clock = fakeClock();
  const store = storeOn(redis, clock);
  const visitId = visitName(1);
  const join = { visitId, role: 'pupil', topic: 'health', lang: 'nl', vnonce: 'n', share: shareName(1) } as const;
  await store.queue.join({ ...join, first: await digestOf(randomToken(32)), door: OPEN });
  const desk = {
    account: 'account1' as never,
    dev: await digestOf(randomToken(32)),
    serves: null,
    slots: 1,
    takeOver: false,
  };
  const entered = await store.presence.enter({ ...desk, certExpMs: clock.nowMs() + 60_000, status: 'available' });
  if (entered.is !== 'entered') throw new Error(entered.is);
  expect(await store.routing.match()).toMatchObject({ offers: 1 });
  for (const name of ['v', 'k', 'f', 's']) await redis.del(`${TAG}:${name}:${visitId}`); // as their times to live would

  expect(await store.presence.desk({ account: desk.account, seat: entered.seat })).toMatchObject({
    desk: { rings: [] },
  });
  await store.retention.tick({ hours: { is: 'open' } });
  expect(JSON.stringify(await dumpOf(redis))).not.toContain(visitId);
  expect(await store.queue.facts()).toMatchObject({ waiting: 0, places: [] });
});
