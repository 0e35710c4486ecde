import { memoryStore, type LiveStore } from '@clbchat/server/store.memory';
import { emptyLive } from '@clbchat/server/live/record';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { tightLimits as limits, tightRules as rules } from '../store/tight.ts';
import { tokenName, visitName } from '../store/world.ts';
import { fakeClock } from '../support/clock.ts';
import { enterInput, joinInput, LIEN, message, OPEN, talking, waits } from './scene.ts';
import { ownRedis, storeOn, TAG } from './world.ts';

/** What random histories reach too seldom to be relied upon. */
const redis = await ownRedis();
beforeEach(() => redis.flushdb());

test('[L3 V7] a token whose answer was lost lets in again, and one that was used up does not', async () => {
  const store = storeOn(redis, fakeClock());
  const { conn } = await waits(store);
  const attach = (token: number, next: number) =>
    store.visit.attach({ visitId: visitName(1), token: tokenName(1, token), next: tokenName(1, next) });
  expect(await attach(0, 1)).toMatchObject({ is: 'attached', conn: conn + 1 });
  await store.visit.drop({ visitId: visitName(1), conn: conn + 1 });
  expect(await attach(0, 1), 'its answer was lost').toMatchObject({ is: 'attached', conn: conn + 2 });
  expect(await attach(1, 2)).toMatchObject({ is: 'attached', conn: conn + 3 });
  expect(await attach(0, 3)).toEqual({ is: 'token_used' });
  expect(await attach(1, 3)).toMatchObject({ is: 'attached', conn: conn + 4 });
});

test('[R6] a counsellor who got the visit back acts with the new assignment only', async () => {
  const clock = fakeClock();
  const store = storeOn(redis, clock);
  const { visitId, visitor, desk, holder } = await talking(store, clock);
  clock.advance(rules.releaseMs);
  await store.visit.seen([visitor]);
  await store.retention.tick({ hours: { is: 'open' } });
  await store.presence.enter(enterInput(LIEN, clock));
  const seat = { ...desk, seat: desk.seat + 1 };
  const taken = await store.routing.take({ ...seat, ticket: 'next', requestId: 'r' as never });
  expect(taken).toMatchObject({ is: 'taken_over', visit: { visitId, hold: 3, epochNext: 2 } });
  const [old, now] = [1, 3].map((hold) => ({ ...holder, ...seat, hold }));
  expect(await store.conversation.keyOffer({ ...old!, epoch: 2, keyOffer: 'offer.2' })).toEqual({ is: 'not_yours' });
  expect(await store.conversation.since({ side: 'c', ...old!, seq: 0 })).toEqual({ is: 'not_yours' });
  expect(await store.visit.end({ by: 'desk', ...old!, reason: 'counsellor_ended' })).toEqual({ is: 'not_yours' });
  expect(await store.conversation.keyOffer({ ...now!, epoch: 3, keyOffer: 'offer.3' })).toEqual({ is: 'stale_epoch' });
  expect(await store.conversation.keyOffer({ ...now!, epoch: 2, keyOffer: 'offer.2' })).toMatchObject({
    is: 'offered',
  });
});

test('[C1] a long log comes in pages that fit, each frame once and in order', async () => {
  const clock = fakeClock();
  const store = storeOn(redis, clock);
  const { visitId, visitor } = await talking(store, clock);
  const count = limits.framesPerVisitMax;
  for (let n = 1; n <= count; n += 1)
    await store.conversation.append({ side: 'v', ...visitor, ...message(visitId, n) });
  const seen: number[] = [];
  for (let more = true; more;) {
    const answer = await store.conversation.since({ side: 'v', ...visitor, seq: seen.at(-1) ?? 0 });
    if (answer.is !== 'since' || 'diverged' in answer.since) throw new Error('no frames');
    const { frames } = answer.since;
    expect(frames.length).toBeGreaterThan(0);
    expect(frames.reduce((sum, { frame }) => sum + frame.length, 0)).toBeLessThanOrEqual(limits.listCharsMax);
    seen.push(...frames.map(({ seq }) => seq));
    more = answer.since.more;
  }
  expect(seen).toEqual(Array.from({ length: count }, (_, index) => index + 1));
});

/** Somebody at work and some who wait, with these intervals between hand-outs; then one more comes. */
const OPENED_MS = 1_000_000;
async function comes(store: LiveStore, waiting: number, closesInMs: number | null, beyond: number): Promise<string> {
  for (let number = 1; number <= waiting; number += 1) await store.queue.join(joinInput(number));
  await store.presence.enter(enterInput(LIEN, fakeClock()));
  return (await store.queue.join({ ...joinInput(9), beyond, door: { ...OPEN, closesInMs, openedMs: OPENED_MS } })).is;
}

test('[Q10 Q8 Q9 V8 N44] who would wait too long is refused by the same estimate', async () => {
  // some began before the hours did
  const handout = fc
    .record({
      fromMs: fc.integer({ min: OPENED_MS - 200, max: OPENED_MS + 800 }),
      tookMs: fc.integer({ min: 1, max: 900_000 }),
    })
    .map(({ fromMs, tookMs }) => ({ fromMs, toMs: fromMs + tookMs }));
  const handouts = fc.array(handout, { minLength: 1, maxLength: limits.handoutsKept, size: 'max' });
  const closesIn = fc.option(fc.integer({ min: 1, max: 40 }).map((minutes) => minutes * 60_000));
  const people = fc.integer({ min: 0, max: 5 });
  const answers = new Set<string>();
  await fc.assert(
    fc.asyncProperty(handouts, people, closesIn, people, async (list, waiting, closesInMs, beyond) => {
      await redis.flushdb();
      await redis.rpush(`${TAG}:gap`, ...list.map(({ fromMs, toMs }) => `${fromMs}:${toMs}`));
      const needs = { clock: fakeClock(), limits, rules: { ...rules, fullEstimateMs: 1_200_000, waitingMax: 9 } };
      const real = await comes(storeOn(redis, needs.clock, { rules: needs.rules }), waiting, closesInMs, beyond);
      const model = await comes(memoryStore(needs, { ...emptyLive(), handouts: list }), waiting, closesInMs, beyond);
      expect(real).toBe(model);
      answers.add(real);
    }),
    { numRuns: 300, endOnFailure: process.env['FIRST_FAILURE'] === 'yes' },
  );
  expect([...answers].toSorted()).toEqual(['full', 'joined']);
});

test('[Q13] who has room is counted anew each second: also where a process that knows nothing of it frees her', async () => {
  const clock = fakeClock();
  const store = storeOn(redis, clock);
  await store.presence.enter(enterInput(LIEN, clock));
  await store.queue.join(joinInput(1));
  await redis.unlink(`${TAG}:room`);
  expect(await store.routing.match()).toMatchObject({ offers: 0 });
  await store.retention.tick({ hours: { is: 'open' } });
  expect(await store.routing.match()).toMatchObject({ offers: 1 });
});
