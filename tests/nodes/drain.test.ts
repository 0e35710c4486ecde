import { limits } from '@clbchat/shared/limits';
import { expect, test } from 'vitest';
import { connectVisitor, deskOpens, visitorReturns, visitorWaits } from '../support/clients.ts';
import { frameOf } from '../support/frames.ts';
import { startService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';
import { nodesOnRedis } from './nodes.ts';

const { node } = await nodesOnRedis();
const { drainNoticeMs, drainMsMax, moveWithinMs } = limits;

const isReady = async ({ address }: { address: string }) => (await fetch(`${address}/ready`)).status;
/** Whether it is over, asked in a moment in which nothing else can happen any more. */
function over(drained: Promise<void>): () => Promise<boolean> {
  let is = false;
  void drained.then(() => (is = true));
  return async () => {
    await new Promise(setImmediate);
    return is;
  };
}

test('[M7] a process that ends says so first, then takes in nobody, and has everybody move who is somebody', async () => {
  const [one, other] = [await node('one'), await node('other')];
  const desk = await deskOpens(one, 'lien');
  const talking = await visitorWaits(one);
  await talks(desk, talking);
  const waiting = await visitorWaits(one);
  const nobody = await connectVisitor(one);
  expect(await isReady(one)).toBe(200);

  const isOver = over(one.drain());
  await expect.poll(async () => [await isReady(one), await isReady(other)]).toEqual([503, 200]);
  const late = await connectVisitor(one); // whoever passes it on has not looked yet
  expect(late.socket.connected).toBe(true);
  expect(waiting.heard('node:leaving')).toEqual([]);

  await one.advance(drainNoticeMs);
  expect(await waiting.hears('node:leaving')).toEqual({ jitterMs: moveWithinMs });
  await Promise.all([talking.hears('node:leaving'), desk.hears('node:leaving')]);
  await expect.poll(() => [nobody, late].map(({ socket }) => socket.connected)).toEqual([false, false]);
  for (const transports of [['websocket'], ['polling']])
    await expect(connectVisitor(one, { transports })).rejects.toThrow();

  // each goes on where it moved to, and nobody lost its place
  const moved = await visitorReturns(other, waiting.secrets);
  expect(await moved.hears('visit:attached')).toMatchObject({ stage: 'waiting', ahead: 0 });
  const talksOn = await visitorReturns(other, talking.secrets);
  expect(await talksOn.hears('visit:attached')).toMatchObject({ stage: 'talking' });
  const { frame } = frameOf({ visitId: talking.visitId, side: 'v', n: 1 });
  await good(talksOn.ask('talk:append', { frame }));
  expect(await desk.hears('talk:frame'), 'from the other process').toMatchObject({ frame });
  await Promise.all([waiting.closed, talking.closed]);
  await one.advance(limits.drainLookEveryMs);
  expect(await isOver(), 'she has not moved').toBe(false);

  desk.leave();
  await expect.poll(async () => (await one.advance(limits.drainLookEveryMs), isOver())).toBe(true);
});

test('[M7] who never moves holds it for as long as it may, and nobody at all not for a moment', async () => {
  const one = await node('one');
  await node('other');
  const stays = await visitorWaits(one);
  const isOver = over(one.drain());
  await expect.poll(() => isReady(one)).toBe(503);
  await one.advance(drainNoticeMs);
  for (let ms = drainNoticeMs; ms < drainMsMax; ms += limits.drainLookEveryMs) {
    await one.live.rounds.leave(drainMsMax); // it asked as well by then
    expect([ms, await isOver(), stays.socket.connected]).toEqual([ms, false, true]);
    await one.advance(limits.drainLookEveryMs);
  }
  await expect.poll(isOver).toBe(true);

  const empty = await node('empty');
  await node('another');
  await expect.poll(over(empty.drain())).toBe(true);
});

test('[M7] the only process of a centre ends at once, whoever is there: the next one is there the sooner', async () => {
  const [one, gone] = [await node('one'), await node('gone')];
  await gone.stop();
  gone.deaf();
  await expect.poll(() => one.live.rounds.leave(1)).toBe(false);
  await visitorWaits(one);
  await expect.poll(over(one.drain())).toBe(true);
});

test('[M7] processes that end together send nobody to each other: each ends once no other stays', async () => {
  const [one, other] = [await node('one'), await node('other')];
  await visitorWaits(one);
  await visitorWaits(other);
  const firstIsOver = over(one.drain());
  await expect.poll(() => isReady(one)).toBe(503);
  await expect.poll(over(other.drain())).toBe(true);
  expect(await firstIsOver()).toBe(false);
  await one.advance(drainNoticeMs);
  await expect.poll(firstIsOver).toBe(true);

  const [late, stays] = [await node('late'), await node('stays')];
  const moves = await visitorWaits(late);
  const lateIsOver = over(late.drain());
  await expect.poll(() => isReady(late)).toBe(503);
  await late.advance(drainNoticeMs);
  await moves.hears('node:leaving');
  await stays.stop();
  stays.deaf();
  await expect.poll(async () => (await late.advance(limits.drainLookEveryMs), lateIsOver())).toBe(true);
});

test('[M7] a service in memory has nowhere to send anybody, and ends at once', async () => {
  const service = await startService();
  await visitorWaits(service);
  await expect.poll(over(service.drain())).toBe(true);
  await service.stop();
});
