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
  return ['hgetall', 'hmget'].reduce(
    (all, name) => all + Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(info)?.[1] ?? 0),
    0,
  );
}

/** What each of them reads. */
async function costs(commands: Record<string, () => Promise<unknown>>): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [name, command] of Object.entries(commands)) {
    const before = await reads();
    await command();
    found[name] = (await reads()) - before;
  }
  return found;
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

test('[Q13] what reads the line reads the same few, whether some wait or many', async () => {
  const { store, joins, joinInput, sits, clock } = await sceneOf(
    async (needs) => redisStore({ ...needs, redis, tag: '{crowd}', checksClock: false }),
    { rules: { waitingMax: 500 } },
  );
  const hours = { is: 'open' } as const;
  const ids = (many: number) => Array.from({ length: many }, (_, at) => joinInput(at + 1).visitId);
  let last = 0;
  const crowdOf = async (many: number) => {
    while (last < many) await joins((last += 1));
  };
  await crowdOf(30);
  const desk = await sits(1, { slots: 20 });
  const looks = {
    match: () => store.routing.match(),
    tick: () => store.retention.tick({ hours }),
    facts: () => store.queue.facts(),
    place: () => store.queue.places(ids(1)),
    rows: () => store.queue.rows(5),
    join: () => joins((last += 1)),
  };
  const take = () => store.routing.take({ ...desk, ticket: 'next', requestId: `take${last}` as never });
  await store.presence.status({ ...desk, status: 'paused', requestId: 'pause' as never });
  const few = await costs(looks);
  await crowdOf(last + 120);
  clock.advance(5);
  expect(await costs(looks)).toEqual(few);
  await store.presence.status({ ...desk, status: 'available', requestId: 'ready' as never });
  expect((await costs({ take })).take, 'the desk and who is taken').toBeLessThanOrEqual(4);
});

test('[Q13] while nobody has room, what reads the line reads no more of a hundred counsellors than of one', async () => {
  const { store, joins, joinInput, sits, stateOf } = await sceneOf(
    async (needs) => redisStore({ ...needs, redis, tag: '{house}', checksClock: false }),
    { rules: { waitingMax: 500 } },
  );
  let last = 0;
  const worksAndIsFull = async (number: number) => {
    const desk = await sits(number);
    const { ticket } = await joins((last += 1));
    await store.routing.take({ ...desk, ticket, requestId: `take${number}` as never });
  };
  await worksAndIsFull(1);
  const waits = await joins((last += 1));
  const looks = {
    match: () => store.routing.match(),
    facts: () => store.queue.facts(),
    place: () => store.queue.places([joinInput(waits.number).visitId]),
    state: () => stateOf(waits),
    join: () => joins((last += 1)),
  };
  const few = await costs(looks);
  for (let number = 2; number <= 40; number += 1) await worksAndIsFull(number);
  expect(await costs(looks)).toEqual({ ...few, facts: few.facts! + 1 }); // of the line one more stands among the first
});
