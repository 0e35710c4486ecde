import { emptyLive } from '@clbchat/server/live/record';
import { memoryStore } from '@clbchat/server/store.memory';
import { limits } from '@clbchat/shared/limits';
import { expect, test } from 'vitest';
import { joinInput } from '../redis/scene.ts';
import { storeOn, TAG } from '../redis/world.ts';
import { visitName } from '../store/world.ts';
import { tightLimits, tightRules as rules } from '../store/tight.ts';
import { connectVisitor, deskOpens, joinInput as joining, newSecrets, visitorReturns } from '../support/clients.ts';
import { fakeClock } from '../support/clock.ts';
import { request } from '../support/request.ts';
import { nodesOnRedis, type Node } from './nodes.ts';

const { node, redis } = await nodesOnRedis();
const { tickEveryMs, seenEveryMs, seenLateMs, lineShareMax } = limits;

test.each(['on Redis', 'in the model'] as const)(
  '[N44] %s what each process told counts at the others, for as long as it may, and never at itself',
  async (where) => {
    const [a, b] = [fakeClock(), fakeClock()];
    const live = emptyLive();
    const [one, other, third] = [
      { clock: a, node: 'one' },
      { clock: b, node: 'other' },
      { clock: b, node: 'third' },
    ].map((needs) =>
      where === 'on Redis'
        ? storeOn(redis, needs.clock, { node: needs.node })
        : memoryStore({ ...needs, limits: tightLimits, rules }, live),
    );
    const pass = (ms: number) => [a, b].forEach((clock) => clock.advance(ms));
    const seen = async () =>
      Promise.all([one, other, third].map(async (each) => (await each!.queue.facts()).beyondElsewhere));
    const lastsMs = tightLimits.seenEveryMs + tightLimits.seenLateMs;

    expect(await seen()).toEqual([0, 0, 0]);
    await one!.queue.tell(5);
    await other!.queue.tell(2);
    expect(await seen()).toEqual([2, 5, 7]);
    pass(1);
    await one!.queue.tell(3);
    expect(await seen(), 'what was told last').toEqual([2, 3, 5]);
    await third!.queue.tell(0);
    pass(lastsMs - 2);
    expect(await seen()).toEqual([2, 3, 5]);
    pass(1);
    expect(await seen(), 'one of them tells no more').toEqual([0, 3, 3]);
    await one!.queue.tell(0);
    expect(await seen()).toEqual([0, 0, 0]);
    await other!.queue.tell(6, 2);
    pass(1);
    expect(await seen(), 'for as long as it says').toEqual([6, 0, 6]);
    pass(1);
    expect(await seen()).toEqual([0, 0, 0]);
    await one!.retention.tick({ hours: { is: 'open' } });
    const kept = where === 'on Redis' ? await redis.hkeys(`${TAG}:beyond`) : [...live.beyond.keys()];
    expect(kept, 'also of who told last and tells no more').toEqual([]);

    for (let number = 1; number <= rules.waitingMax; number += 1) await one!.queue.join(joinInput(number));
    const next = joinInput(rules.waitingMax + 1);
    expect(await other!.queue.join(next)).toEqual({ is: 'full' });
    await one!.queue.tell(1);
    expect(await one!.queue.join(next), 'its own are said by itself').toEqual({ is: 'full' });
    expect(await one!.queue.join({ ...next, beyond: 1 })).toMatchObject({ is: 'joined' });
    expect(await other!.queue.join(joinInput(9))).toEqual({ is: 'full' });
    expect(await other!.queue.join({ ...joinInput(9), beyond: 1 }), 'with its own').toMatchObject({ is: 'joined' });
    const hers = await one!.queue.places([visitName(1), visitName(9)]);
    expect(hers.places.map(({ here }) => here)).toEqual([true, false]);

    a.advance(tightLimits.clockSkewMsMax + 1); // a clock that is wrong
    await one!.queue.tell(4);
    expect(await seen()).toEqual([0, 0, 0]);
    b.advance(1);
    expect(await seen()).toEqual([0, 4, 4]);
  },
);

const from = '127.0.0.66';
const MIN = 60_000;

/** Full from so many on, or from an estimate of twenty minutes on where a hand-out takes three; the one who works is busy. */
async function evening({ waitingMax, handouts }: { waitingMax: number; handouts: number }) {
  const full = { waitingMax, fullEstimateMs: 20 * MIN };
  const [one, other] = [await node('one', {}, 0, full), await node('other', {}, 0, full)];
  const now = one.clock.nowMs();
  for (let at = 0; at < handouts; at += 1)
    await redis.lpush(`${TAG}:gap`, `${now - (at + 1) * 3 * MIN}:${now - at * 3 * MIN}`);
  await deskOpens(one, 'lien', { status: 'paused' });
  return { one, other };
}
async function joins(at: Node, address: string) {
  const secrets = await newSecrets();
  const client = await connectVisitor(at, { from: address });
  const answer = await client.ask('visit:join', await joining(secrets));
  return { client, secrets, is: answer.ok ? 'joined' : answer.code };
}
type Joined = Awaited<ReturnType<typeof joins>>;
const is = async (at: Node, address: string) => (await joins(at, address)).is;
const school = async (at: Node) =>
  (JSON.parse((await request(at, 'GET', '/status/demo')).body) as { state: string }).state;
/** What each tells the others is told. */
async function seconds(at: Node, many: number) {
  for (let second = 0; second < many; second += 1) {
    await at.advance(tickEveryMs);
    await Promise.all([redis.ping(), at.live.queue.facts()]);
  }
}
const told = (id: string) => redis.hget(`${TAG}:beyond`, id);

test.each([
  ['by their number', { waitingMax: 6, handouts: 0 }],
  ['by how long they take', { waitingMax: 2_000, handouts: 6 }],
])(
  '[N44] who fills the line %s at one process is refused, and nobody at another: neither at the door nor by the button',
  async (_, fullFrom) => {
    const { one, other } = await evening(fullFrom);
    for (let each = 0; each < 6; each += 1) expect(await is(one, from)).toBe('joined');
    expect(await is(one, from)).toBe('full');
    await expect.poll(async () => (await seconds(other, 1), told('one'))).toMatch(/:2$/);
    await seconds(other, 1);
    expect([await school(one), await school(other)]).toEqual(['open', 'open']); // as with four of them
    expect(await is(other, '127.0.0.81')).toBe('joined');
    expect(await is(one, '127.0.0.82')).toBe('joined');
    await seconds(other, 2);
    expect(await is(other, '127.0.0.83'), 'with four that count').toBe('full');
    expect(await is(one, '127.0.0.84')).toBe('full');
  },
);

test('[N44] who goes on at another process counts there and no more here: what one took too much makes room once', async () => {
  const { one, other } = await evening({ waitingMax: 6, handouts: 0 });
  const those: Awaited<ReturnType<typeof joins>>[] = [];
  for (let each = 0; each < 6; each += 1) those.push(await joins(one, from));
  await expect.poll(async () => (await seconds(one, 1), told('one'))).toMatch(/:2$/);
  for (const { client, secrets } of those) {
    client.leave();
    const back = await visitorReturns(other, secrets, { from });
    await back.hears('visit:attached');
  }
  await expect
    .poll(async () => (await seconds(one, 1), [await told('one'), (await told('other'))?.split(':')[1]]))
    .toEqual([null, String(6 - lineShareMax)]);
  expect(await is(other, from)).toBe('full');
});

/** Their sockets are gone, or they owe an answer: they stand in no line, and every process knows that. */
const standsAside = {
  async 'by a token, after a while without a socket'(one: Node, those: readonly Joined[]) {
    for (const { client } of those) client.leave();
    await seconds(one, 12);
    return async (at: Node) => {
      for (const each of those) await visitorReturns(at, each.secrets, { from });
    };
  },
  async 'by an answer'(one: Node, those: readonly Joined[]) {
    const line = await redis.zrange(`${TAG}:line`, '0', '-1');
    for (const id of line) {
      await redis.hset(`${TAG}:v:${id}`, 'unanswered', '1');
      await redis.zrem(`${TAG}:line`, id);
    }
    await seconds(one, 3);
    return async () => {
      for (const { client } of those) await client.ask('queue:here', {});
    };
  },
};

test.each([
  ['at the process where she was', 'by a token, after a while without a socket', 0],
  ['at another process', 'by a token, after a while without a socket', 1],
  ['at the process where she was', 'by an answer', 0],
] as const)(
  '[N44] who comes back into the line %s, %s, counts from then on: nobody finds it full for it at any process, not for a moment',
  async (_, how, back) => {
    const { one, other } = await evening({ waitingMax: 2_000, handouts: 6 });
    const those: Joined[] = [];
    for (let each = 0; each < 6; each += 1) those.push(await joins(one, from));
    const comeBack = await standsAside[how](one, those);
    await expect
      .poll(async () => (await seconds(one, 1), [await told('one'), await redis.zcard(`${TAG}:line`)]))
      .toEqual([null, 0]);

    const [there, elsewhere] = back === 0 ? [one, other] : [other, one];
    await comeBack(there);
    expect(await redis.zcard(`${TAG}:line`)).toBe(6);
    expect(await is(there, '127.0.0.81'), 'in the very next step').toBe('joined');
    await expect.poll(() => told(there.id)).toMatch(/:2$/);
    expect(await is(elsewhere, '127.0.0.82')).toBe('joined');
    expect(await is(there, from)).toBe('full');
  },
);

test('[N44] who joins is told to the others at once, and so is who came meanwhile', async () => {
  const { one, other } = await evening({ waitingMax: 2_000, handouts: 6 });
  const all = await Promise.all(Array.from({ length: 6 }, () => joins(one, from)));
  expect(all.map((each) => each.is)).toEqual(Array.from({ length: 6 }, () => 'joined'));
  await expect.poll(() => told('one')).toMatch(/:2$/);
  expect(await is(other, '127.0.0.81')).toBe('joined');
});

test('[N44] what a process told ends with its visits, and is told anew for as long as it is so', async () => {
  const { one, other } = await evening({ waitingMax: 6, handouts: 0 });
  for (let each = 0; each < 6; each += 1) expect(await is(one, from)).toBe('joined');
  await expect.poll(async () => (await seconds(one, 1), told('one'))).toMatch(/:2$/);
  const first = Number((await told('one'))!.split(':')[0]);
  expect(first - one.clock.nowMs()).toBeGreaterThan(seenLateMs);
  await one.advance(seenEveryMs);
  await expect.poll(async () => Number((await told('one'))!.split(':')[0])).toBeGreaterThan(first);
  await one.stop();
  const untilMs = one.clock.nowMs() + limits.awayAfterMs + tickEveryMs;
  await expect.poll(() => told('one')).toBe(`${untilMs}:2`);
  expect(await is(other, '127.0.0.81'), 'its visits still stand in the line').toBe('joined');
  await seconds(other, 12);
  expect((await other.live.queue.facts()).beyondElsewhere).toBe(0);
  await expect.poll(async () => (await seconds(other, 1), told('one'))).toBeNull();
});
