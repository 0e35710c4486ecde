import { emptyLive } from '@clbchat/server/live/record';
import { memoryStore } from '@clbchat/server/store.memory';
import { defaultRules as rules } from '@clbchat/server/centre/bounds.rules';
import { limits } from '@clbchat/shared/limits';
import { expect, test } from 'vitest';
import { storeOn } from '../redis/world.ts';
import { fakeClock } from '../support/clock.ts';
import { nodesOnRedis } from './nodes.ts';

const { node, redis } = await nodesOnRedis();

test.each(['on Redis', 'in the model'] as const)(
  '[N73] %s a round is one process’s, and the next one whoever’s is there first',
  async (where) => {
    const [a, b] = [fakeClock(), fakeClock()];
    const live = emptyLive();
    const [one, other] = [a, b].map((clock) =>
      where === 'on Redis' ? storeOn(redis, clock) : memoryStore({ clock, limits, rules }, live),
    );
    const pass = (ms: number) => [a, b].forEach((clock) => clock.advance(ms));
    expect([await one!.rounds.claim('tick', 900), await other!.rounds.claim('tick', 900)]).toEqual([true, false]);
    pass(899);
    expect(await other!.rounds.claim('tick', 900)).toBe(false);
    pass(1);
    expect([await other!.rounds.claim('tick', 900), await one!.rounds.claim('tick', 900)]).toEqual([true, false]);
    a.advance(60_000); // a clock that is wrong
    expect(await one!.rounds.claim('tick', 900)).toBe(true);
    expect(await other!.rounds.claim('tick', 900)).toBe(true);
  },
);

/** How often the centre's time was kept: only a tick does that. */
async function ticks(): Promise<number> {
  const stats = await redis.info('commandstats');
  return Number(/^cmdstat_zremrangebyscore:calls=(\d+)/m.exec(stats)?.[1] ?? 0);
}
/** Every process has done what its timers began. */
const settled = async () => {
  for (let step = 0; step < 10; step += 1) await redis.ping();
};

test('[N73] two processes keep the time of the centre once a second, and one alone goes on by itself', async () => {
  const [one, other] = [await node('one'), await node('other')];
  const before = await ticks();
  for (let second = 1; second <= 4; second += 1) {
    await one.advance(limits.tickEveryMs);
    await settled();
    await expect.poll(ticks).toBe(before + second);
  }
  await one.stop();
  for (let second = 5; second <= 6; second += 1) {
    await other.advance(limits.tickEveryMs);
    await expect.poll(ticks).toBe(before + second);
  }
});
