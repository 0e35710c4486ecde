import { Bug, Problem } from '@clbchat/server/kernel/failure';
import type { VisitorFence } from '@clbchat/server/live/fences';
import { inTurns } from '@clbchat/server/redis/turns';
import type { LiveStore } from '@clbchat/server/store.memory';
import { beforeEach, expect, test } from 'vitest';
import { tightLimits as limits } from '../store/tight.ts';
import { fakeClock } from '../support/clock.ts';
import { message, talking } from './scene.ts';
import { ownRedis, storeOn, TAG } from './world.ts';

const redis = await ownRedis();
beforeEach(() => redis.flushdb());

const turn = () => new Promise((resolve) => setImmediate(resolve));
const bounds = { eachMax: 3, charsMax: 100, callsMax: 2, waitingCharsMax: 1_000 };

/** Calls that are answered when the test says so. */
function calls(of = bounds) {
  const made: { args: readonly string[]; answer: (replies: unknown) => void; fail: (error: Error) => void }[] = [];
  const ask = inTurns((args) => new Promise((answer, fail) => void made.push({ args, answer, fail })), of);
  return { ask: (arg: string) => ask([arg]), carried: () => made.map(({ args }) => args), made };
}

test('[C1 M2] what a turn asks for goes in calls of bounded size, two at once, in the order of asking', async () => {
  const { ask, carried, made } = calls();
  const answers = Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(ask));
  expect(carried(), 'the turn is not over').toEqual([]);
  await turn();
  expect(carried()).toEqual([
    ['a', 'b', 'c'],
    ['d', 'e', 'f'],
  ]);
  const late = ask('h');
  await turn();
  expect(made).toHaveLength(2);
  made[1]!.answer(['D', 'E', 'F']);
  await turn();
  expect(carried()[2]).toEqual(['g', 'h']);
  made[0]!.answer(['A', 'B', 'C']);
  made[2]!.answer(['G', 'H']);
  expect(await answers).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
  expect(await late).toBe('H');
});

test('[M2] long ones go in fewer a call, one that is too long by itself alone', async () => {
  const { ask, carried, made } = calls();
  const [long, huge] = ['l'.repeat(60), 'h'.repeat(200)];
  const answers = Promise.all([long, 'a', long, huge, 'b'].map(ask));
  await turn();
  expect(carried()).toEqual([[long, 'a'], [long]]);
  made[0]!.answer([1, 2]);
  await turn();
  made[1]!.answer([3]);
  await turn();
  expect(carried().slice(2)).toEqual([[huge], ['b']]);
  made[2]!.answer([4]);
  made[3]!.answer([5]);
  expect(await answers).toEqual([1, 2, 3, 4, 5]);
});

test('[M2] a call that fails fails for all that it carried and for nobody else', async () => {
  const { ask, made } = calls();
  const asked = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((each) => ask(each).catch((error: Error) => error.name));
  await turn();
  made[0]!.fail(new Problem('unavailable'));
  made[1]!.answer(['D', 'E']); // one too few: nobody knows whose they are
  await turn();
  made[2]!.answer(['G']);
  const [problem, bug] = [new Problem('unavailable').name, new Bug('').name];
  expect(await Promise.all(asked)).toEqual([problem, problem, problem, bug, bug, bug, 'G']);
});

test('[M2] a store that does not keep up is not waited for beyond a bound', async () => {
  const { ask, made } = calls();
  const full = 'x'.repeat(100);
  const asked = Array.from({ length: 12 }, () =>
    ask(full).then(
      () => 'answered',
      (error: Problem) => error.code,
    ),
  );
  await turn();
  for (let each = 0; each < 10; each += 1) {
    made[each]!.answer(['']);
    await turn();
  }
  expect(await Promise.all(asked)).toEqual([
    ...Array.from({ length: 10 }, () => 'answered'),
    'unavailable',
    'unavailable',
  ]);
  const again = ask(full); // what was refused counts no more
  await turn();
  made[10]!.answer(['at last']);
  expect(await again).toBe('at last');
});

const scripts = async (): Promise<number> =>
  Number(/cmdstat_evalsha:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1] ?? 0);
const append = async (store: LiveStore, by: VisitorFence, n: number) =>
  store.conversation.append({ side: 'v', ...by, ...message(by.visitId, n) });

test("[C2 V8] messages of one turn are one call; what is refused or fails is nobody else's", async () => {
  const clock = fakeClock();
  const store = storeOn(redis, clock);
  const { visitor, holder, visitId } = await talking(store, clock);
  await append(store, visitor, 1);
  const before = await scripts();
  const stranger = { ...visitor, conn: 0 };
  const [again, second, replaced, gap, third, other] = await Promise.all([
    append(store, visitor, 1),
    append(store, visitor, 2),
    append(store, stranger, 3),
    append(store, visitor, 4),
    append(store, visitor, 3),
    store.conversation.append({ side: 'c', ...holder, hold: 9, ...message(visitId, 1) }),
  ]);
  expect(await scripts()).toBe(before + 1);
  expect([again, replaced, gap, other]).toEqual([
    { is: 'stored', seq: 1, hints: [] },
    { is: 'replaced' },
    { is: 'out_of_order' },
    { is: 'not_yours' },
  ]);
  expect([second, third]).toMatchObject([
    { seq: 2, hints: [{ to: 'desk', event: 'talk:frame' }] },
    { seq: 3, hints: [{ to: 'desk', event: 'talk:frame' }] },
  ]);

  const visit = await redis.hgetall(`${TAG}:v:${visitId}`);
  await redis.hset(`${TAG}:v:broken`, visit);
  await redis.set(`${TAG}:s:broken`, 'no hash');
  const failed = store.conversation.append({
    side: 'v',
    ...visitor,
    visitId: 'broken' as never,
    ...message(visitId, 4),
  });
  const fine = append(store, visitor, 4);
  await expect(failed).rejects.toBeInstanceOf(Bug);
  expect(await fine).toMatchObject({ is: 'stored', seq: 4 });
});

test('[V6] a log and its streams keep their end however long they are written to', async () => {
  const clock = fakeClock();
  const store = storeOn(redis, clock, { limits: { ...limits, framesPerVisitMax: 200 } });
  const { visitor, visitId } = await talking(store, clock);
  await append(store, visitor, 1);
  const names = [`${TAG}:f:${visitId}`, `${TAG}:s:${visitId}`];
  for (const name of names) await redis.persist(name);
  for (let n = 2; n <= 65; n += 1) await append(store, visitor, n);
  for (const name of names) {
    expect(await redis.pttl(name)).toBeGreaterThan(0);
    expect(await redis.pttl(name)).toBeLessThanOrEqual(limits.broomMs);
  }
});
