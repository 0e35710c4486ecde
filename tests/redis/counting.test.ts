import { emptyLive } from '@clbchat/server/live/record';
import { memoryStore, type LiveStore } from '@clbchat/server/store.memory';
import { defaultRules as rules } from '@clbchat/server/centre/bounds.rules';
import { limits } from '@clbchat/shared/limits';
import { describe, expect, test } from 'vitest';
import { fakeClock, type FakeClock } from '../support/clock.ts';
import { joinInput, talking } from './scene.ts';
import { ownRedis, storeOn } from './world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const redis = await ownRedis();

const stores: readonly (readonly [string, (clock: FakeClock) => Promise<LiveStore>])[] = [
  ['the model', async (clock) => memoryStore({ clock, limits, rules }, emptyLive())],
  [
    'Redis',
    async (clock) => {
      await redis.flushall();
      return storeOn(redis, clock, { limits, rules });
    },
  ],
];
/** The pupil of that number. */
async function waits(store: LiveStore, number: number) {
  const joined = await store.queue.join(joinInput(number));
  if (joined.is !== 'joined') throw new Error(joined.is);
  return { visitId: joinInput(number).visitId, conn: joined.conn };
}
const hourNow = (clock: FakeClock) => Math.floor(clock.nowMs() / HOUR_MS);

describe.each(stores)('what %s counts', (_name, open) => {
  test('[F1] who talked is counted once and whole in the step that ends it, each thing by itself', async () => {
    const clock = fakeClock();
    const store = await open(clock);
    const hour = hourNow(clock);
    const { visitor } = await talking(store, clock);
    clock.advance(12 * MINUTE_MS);
    const end = { by: 'visitor', ...visitor, reason: 'visitor_left' } as const;
    await store.visit.end(end);
    await store.visit.end(end); // an answer that was lost
    clock.advance(HOUR_MS);
    const counts = { 'role.pupil': 1, 'topic.health': 1, 'lang.nl': 1 };
    expect(await store.sums.close(hour)).toEqual([
      { hour, counts: { ...counts, [`came.${hour}`]: 1, 'wait.0': 1, 'talk.2': 1 } },
    ]);
  });

  test('[F1] who leaves while waiting is counted by how long that was', async () => {
    const clock = fakeClock();
    const store = await open(clock);
    const hour = hourNow(clock);
    const waitedMs = [2 * MINUTE_MS - 1, 2 * MINUTE_MS, 11 * MINUTE_MS];
    for (const [at, ms] of waitedMs.entries()) {
      const visit = await waits(store, at + 1);
      clock.advance(ms);
      await store.visit.end({ by: 'visitor', ...visit, reason: 'quick_exit' });
    }
    const [sums] = await store.sums.close(hour);
    expect(sums!.counts).toMatchObject({ 'left.0': 1, 'left.1': 1, 'left.3': 1, 'role.pupil': 3 });
    expect(Object.keys(sums!.counts).filter((name) => /^(wait|talk)/.test(name))).toEqual([]);
  });

  test('[F2] of an hour that goes on nothing is read, and who ends late counts in the next one, once', async () => {
    const clock = fakeClock();
    const store = await open(clock);
    const hour = hourNow(clock);
    const visit = await waits(store, 1);
    await store.visit.end({ by: 'visitor', ...visit, reason: 'visitor_left' });
    expect(await store.sums.close(hour - 1)).toEqual([]);
    const read = await store.sums.close(hour);
    expect(await store.sums.close(hour), 'the same again').toEqual(read);

    clock.advance(-5_000); // the process whose clock is behind
    const other = await waits(store, 2);
    await store.visit.end({ by: 'visitor', ...other, reason: 'visitor_left' });
    expect(await store.sums.close(hour)).toEqual(read);
    const both = await store.sums.close(hour + 1);
    expect(both.map((one) => [one.hour, one.counts['role.pupil']])).toEqual([
      [hour, 1],
      [hour + 1, 1],
    ]);
    await store.sums.forget(hour);
    expect((await store.sums.close(hour + 1)).map((one) => one.hour)).toEqual([hour + 1]);
  });
});
