import { redisStore } from '@clbchat/server/store.redis';
import { limits } from '@clbchat/shared/limits';
import { expect, test } from 'vitest';
import { sceneOf, type Held } from '../store/scene.ts';
import { ownRedis } from './world.ts';

const redis = await ownRedis();
const WAITING = 60;

/** @returns how many records of visits and desks Redis has read for scripts so far */
async function reads(): Promise<number> {
  const info = await redis.info('commandstats');
  return Number(/cmdstat_hgetall:calls=(\d+)/.exec(info)?.[1] ?? 0);
}

test('[N22] a state reads no more of a long line than of a short one, also of who was put back behind others', async () => {
  const { joins, sits, opens, wait, stateOf } = await sceneOf(
    async (needs) => redisStore({ ...needs, redis, tag: '{cost}', checksClock: false }),
    { rules: { waitingMax: 200 } },
  );
  const visitor = await joins(1);
  const desk = (await sits(1)) as Held;
  const misses = async () => {
    await opens(desk);
    await wait(90_000);
    await wait(60_000);
  };
  const cost = async () => {
    const before = await reads();
    await stateOf(visitor);
    return (await reads()) - before;
  };
  await misses();
  const alone = await cost();
  for (let number = 2; number < WAITING + 2; number += 1) await joins(number);
  expect(await stateOf(visitor)).toMatchObject({ front: 'unopened', ahead: 0 });
  expect(await cost()).toBe(alone);
  await misses();
  expect(await stateOf(visitor)).toMatchObject({ passed: true, ahead: WAITING });
  expect(await cost()).toBeLessThanOrEqual(alone + limits.passedLooksMax);
});
