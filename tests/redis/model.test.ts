import { emptyLive } from '@clbchat/server/live/record';
import { memoryStore } from '@clbchat/server/store.memory';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { history } from '../store/operations.time.ts';
import { tightLimits as limits, tightRules as rules } from '../store/tight.ts';
import { worldOf } from '../store/world.ts';
import { fakeClock } from '../support/clock.ts';
import { ownRedis, storeOn, TAG } from './world.ts';

const redis = await ownRedis();
/** the two answer the same, also whose memory it is */
const life = /run_id:(\w+)/.exec(await redis.info('server'))![1]!;

/** Who is available and has room, counted from what is stored of each. */
async function withRoom(): Promise<string[]> {
  const found: string[] = [];
  for (const account of await redis.zrange(`${TAG}:desks`, '0', '-1')) {
    const [status, slots] = await redis.hmget(`${TAG}:desk:${account}`, 'status', 'slots');
    const counts = ['held', 'ringing'].map((name) => redis.zcard(`${TAG}:${name}:${account}`));
    const [held = 0, ringing = 0] = await Promise.all(counts);
    if (status === 'available' && held + ringing < Number(slots)) found.push(account);
  }
  return found.toSorted();
}

test('[V7 V8 Q1 Q2 Q3 Q4 Q7 Q13 R11 R10 R1 R2 R3 R6 C2 C3 K1] Redis answers every history as the model does', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      await redis.flushdb();
      const [a, b] = [fakeClock(), fakeClock()];
      const model = worldOf(memoryStore({ clock: a, limits, rules }, emptyLive(life)), a);
      const real = worldOf(storeOn(redis, b), b);
      for (const { says, run } of steps) {
        expect(await run(real), says).toEqual(await run(model));
        expect(await redis.zrange(`${TAG}:room`, '0', '-1'), `${says}: who has room`).toEqual(await withRoom());
      }
    }),
    // Shrinking a history takes long, and who plants bugs only wants to know whether one is noticed.
    { numRuns: Number(process.env['RUNS'] ?? 400), endOnFailure: process.env['FIRST_FAILURE'] === 'yes' },
  );
}, 300_000);
