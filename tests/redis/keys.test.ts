import { digestOf, randomToken, visitIdOf } from '@clbchat/shared/digest';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { history } from '../store/operations.time.ts';
import { tightLimits as limits, tightRules as rules } from '../store/tight.ts';
import { shareName, VISITS, visitName, worldOf } from '../store/world.ts';
import { fakeClock } from '../support/clock.ts';
import { dumpOf, type Kept } from './dump.ts';
import { fieldsIn, inventoryOf } from './inventory.ts';
import { joinInput, message, OPEN, sits, waits } from './scene.ts';
import { ownRedis, storeOn, TAG } from './world.ts';

const redis = await ownRedis();
beforeEach(() => redis.flushdb());

const inventory = inventoryOf('Live');

function inspect(kept: Kept): void {
  const { key, ttlMs, holds } = kept;
  for (const field of fieldsIn([kept], TAG))
    expect(
      inventory.some(({ fits }) => fits.test(field)),
      `${field} is in no inventory`,
    ).toBe(true);
  expect(ttlMs, `${key} has no end`).toBeGreaterThan(0);
  expect(ttlMs, `${key} lives too long`).toBeLessThanOrEqual(limits.deskBroomMs);
  if (/^\{twin\}:[vkfs]:/.test(key)) expect(ttlMs, key).toBeLessThanOrEqual(limits.broomMs);
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
  expect((await dumpOf(redis)).filter((kept) => JSON.stringify(kept).includes(visitId)).length).toBeGreaterThan(5);

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
