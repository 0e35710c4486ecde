import { emptyLive } from '@clbchat/server/live/record';
import { channelOf } from '@clbchat/server/redis/post';
import { memoryStore, type LiveStore } from '@clbchat/server/store.memory';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storeOn, TAG } from '../redis/world.ts';
import { history } from '../store/operations.time.ts';
import { tightLimits as limits, tightRules as rules } from '../store/tight.ts';
import { worldOf } from '../store/world.ts';
import { fakeClock } from '../support/clock.ts';
import { nodesOnRedis } from './nodes.ts';

const { redis, line } = await nodesOnRedis();
const life = /run_id:(\w+)/.exec(await redis.info('server'))![1]!;
const NODES = ['one', 'other'] as const;

/** One command at one process, the next at another: as sockets come and go. */
function inTurns(stores: readonly LiveStore[]): LiveStore {
  let turn = 0;
  const slices = Object.keys(stores[0]!) as (keyof LiveStore)[];
  const any = (slice: keyof LiveStore) =>
    new Proxy(stores[0]![slice], {
      get: (_, name: never) => (input: never) => {
        const { [slice]: of } = stores[turn++ % stores.length]!;
        return (of[name] as (given: never) => unknown)(input);
      },
    });
  return Object.fromEntries(slices.map((slice) => [slice, any(slice)])) as unknown as LiveStore;
}

test('[N70] what two processes give back and post to each other is the same on Redis as in the model, whatever happened', async () => {
  const heard: { node: string; hints: unknown }[] = [];
  const lines = await Promise.all(
    NODES.map(async (node) => {
      const one = line();
      one.on('smessage', (_, parcel: string) => heard.push({ node, hints: JSON.parse(parcel) }));
      await one.ssubscribe(channelOf(TAG, node));
      return one;
    }),
  );
  const postedOn = async (node: string) => {
    await Promise.all(lines.map((one) => one.ping())); // comes behind all that was posted
    return heard.filter((each) => each.node === node).flatMap(({ hints }) => hints);
  };
  let posts = 0;
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      await redis.flushdb();
      heard.length = 0;
      const [a, b] = [fakeClock(), fakeClock()];
      const live = emptyLive(life);
      const posted: Record<string, unknown[]> = { one: [], other: [] };
      const post = (node: string, hint: unknown) => void posted[node]?.push(JSON.parse(JSON.stringify(hint)));
      const model = worldOf(
        inTurns(NODES.map((node) => memoryStore({ clock: a, limits, rules, node, post }, live))),
        a,
      );
      const real = worldOf(inTurns(NODES.map((node) => storeOn(redis, b, { node }))), b);
      for (const { says, run } of steps) expect(await run(real), says).toEqual(await run(model));
      for (const node of NODES) expect(await postedOn(node)).toEqual(posted[node]);
      posts += heard.length;
    }),
    { numRuns: Number(process.env['RUNS'] ?? 400) / 8, endOnFailure: process.env['FIRST_FAILURE'] === 'yes' },
  );
  expect(posts).toBeGreaterThan(0);
}, 300_000);
