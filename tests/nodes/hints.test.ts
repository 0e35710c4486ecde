import { channelOf } from '@clbchat/server/redis/post';
import { expect, test } from 'vitest';
import { TAG } from '../redis/world.ts';
import { deskOpens, newRequest, visitorReturns, visitorWaits } from '../support/clients.ts';
import { frameOf } from '../support/frames.ts';
import { good, talks } from '../support/talk.ts';
import { nodesOnRedis, type Node } from './nodes.ts';

const { node, redis } = await nodesOnRedis();

/** What was said to this process over Redis, once all that was posted so far is there. */
async function eventsAt({ parcels }: Node, last: string): Promise<string[]> {
  const events = () =>
    parcels.flatMap((parcel) => (JSON.parse(parcel) as { event: string }[]).map(({ event }) => event));
  await expect.poll(events).toContain(last);
  return events();
}

test('[N70] a conversation between two processes is heard at once on both sides, and nothing of it waits for the time', async () => {
  const [one, other] = [await node('one'), await node('other')];
  const desk = await deskOpens(other, 'lien');
  const visitor = await visitorWaits(one);
  const { on } = await talks(desk, visitor); // hears the ring, key offer, sealed key and opened key on its way

  const asked = frameOf({ visitId: visitor.visitId, side: 'v', n: 1 });
  await good(visitor.ask('talk:append', { frame: asked.frame }));
  expect(await desk.hears('talk:frame')).toMatchObject({ ...{ visitId: visitor.visitId, frame: asked.frame } });
  const said = frameOf({ visitId: visitor.visitId, side: 'c', n: 2 });
  await good(desk.ask('talk:append', { ...on, frame: said.frame }));
  expect(await visitor.hears('talk:frame', ({ frame }) => frame === said.frame)).toBeTruthy();
  const typing = frameOf({ visitId: visitor.visitId, side: 'v', n: 1, kind: 'passing' });
  await good(visitor.ask('talk:passing', { frame: typing.frame }));
  expect(await desk.hears('talk:passing')).toMatchObject({ frame: typing.frame });
  const typed = frameOf({ visitId: visitor.visitId, side: 'c', n: 1, kind: 'passing' });
  await good(desk.ask('talk:passing', { ...on, frame: typed.frame }));
  expect(await visitor.hears('talk:passing')).toMatchObject({ frame: typed.frame });

  await good(desk.ask('desk:end', { ...on, why: 'done', requestId: newRequest() }));
  expect(await visitor.hears('visit:stage', ({ stage }) => stage === 'ended')).toMatchObject({
    reason: 'counsellor_ended',
  });
  // to each only what its own sockets have to hear
  expect(new Set(await eventsAt(one, 'visit:stage'))).toEqual(
    new Set(['visit:stage', 'key:offered', 'key:opened', 'talk:frame', 'talk:passing']),
  );
  expect(new Set(await eventsAt(other, 'talk:passing'))).toEqual(
    new Set(['offer:ring', 'key:sealed', 'talk:frame', 'talk:passing']),
  );
});

test('[N70] what one process has to tell its own sockets does not pass Redis', async () => {
  const [one, other] = [await node('one'), await node('other')];
  const desk = await deskOpens(one, 'lien');
  const visitor = await visitorWaits(one);
  await talks(desk, visitor);
  const far = await deskOpens(other, 'samir'); // something is posted all the same, and heard in its turn
  const near = await visitorWaits(one);
  await far.hears('offer:ring');
  near.leave();
  expect(await eventsAt(other, 'offer:ring')).toEqual(['offer:ring']);
  expect(one.parcels).toEqual([]);
});

test('[N70] to a page that is gone nothing is posted: it asks for what it missed when it is back', async () => {
  const [one, other] = [await node('one'), await node('other')];
  const desk = await deskOpens(other, 'lien');
  const visitor = await visitorWaits(one);
  const { visitId } = visitor;
  const { on } = await talks(desk, visitor);
  visitor.leave();
  await expect.poll(() => redis.hget(`${TAG}:v:${visitId}`, 'dropMs')).not.toBe('0');
  const marks = (event: string) => redis.spublish(channelOf(TAG, 'one'), JSON.stringify([{ event }]));
  await marks('gone');
  await good(desk.ask('talk:append', { ...on, frame: frameOf({ visitId, side: 'c', n: 2 }).frame }));
  await good(desk.ask('talk:passing', { ...on, frame: frameOf({ visitId, side: 'c', n: 1, kind: 'passing' }).frame }));
  await marks('last');
  const events = await eventsAt(one, 'last');
  expect(events.slice(events.indexOf('gone'))).toEqual(['gone', 'last']);
});

test('[N70 L4 R6] an older page and an older console are told at the process where they are that another one has taken over', async () => {
  const [one, other] = [await node('one'), await node('other')];
  const older = await visitorWaits(one);
  const newer = await visitorReturns(other, older.secrets);
  await older.hears('visit:replaced');
  expect(await older.closed).toBe('io server disconnect');
  const desk = await deskOpens(one, 'lien');
  await deskOpens(other, desk.signedIn, { takeOver: true });
  await desk.hears('desk:replaced');
  expect(await desk.closed).toBe('io server disconnect');
  expect(await newer.ask('visit:state', {})).toMatchObject({ ok: true });
});

test('[N70 N11] who waits at one process hears its place, and desks the line, when something changed at another', async () => {
  const [one, other] = [await node('one'), await node('other')];
  const first = await visitorWaits(other);
  const second = await visitorWaits(one);
  const desk = await deskOpens(one, 'lien', { status: 'paused' });
  await one.advance(one.limits.tickEveryMs);
  await second.hears('queue:moved', ({ ahead }) => ahead === 1);
  await desk.hears('queue:changed', ({ waiting }) => waiting === 2);
  await good(first.ask('visit:end', { why: 'left' }));
  await one.advance(one.limits.tickEveryMs);
  await second.hears('queue:moved', ({ ahead }) => ahead === 0);
  await desk.hears('queue:changed', ({ waiting }) => waiting === 1);
});

test('[N71] what is posted in another shape, or for another fence, reaches nobody, and the rest of its parcel arrives', async () => {
  const one = await node('one');
  const visitor = await visitorWaits(one);
  const desk = await deskOpens(one, 'lien', { status: 'paused' });
  const { visitId } = visitor;
  const hash = await redis.hgetall(`${TAG}:v:${visitId}`);
  const conn = Number(hash['conn']);
  const to = { to: 'visitor', visitId, conn };
  const typing = { event: 'talk:passing', hint: { frame: 'wrong' } };
  const parcels: unknown[] = [
    null,
    {},
    [null, 7, 'x', [], {}],
    [{ ...to, conn: conn + 1, ...typing }],
    [{ ...to, conn: String(conn), ...typing }],
    [{ ...to, visitId: '', ...typing }],
    [{ ...to, to: 'desk', ...typing }],
    [{ ...to, ...typing, more: 1 }],
    [{ ...to, event: 'talk:passing', hint: { frame: 'wrong', more: 1 } }],
    [{ ...to, event: 'talk:passing', hint: null }],
    [{ ...to, event: 'talk:frame', hint: { frame: 'wrong', epoch: 1 } }],
    [{ ...to, event: 'talk:frame', hint: { seq: '1', frame: 'wrong', epoch: 1 } }],
    [{ ...to, event: 'visit:stage', hint: { rev: 2, hold: 0, stage: 'anything' } }],
    [{ ...to, event: 'constructor', hint: {} }],
    [{ ...to, event: 'disconnect', hint: null }],
    [{ ...to, event: 'presence:pulse', hint: null }],
    [{ ...to, event: 'node:leaving', hint: { jitterMs: 1 } }], // each process says that by itself
    [{ to: 'desk', account: 'lien', seat: desk.state.seat + 1, event: 'desk:changed', hint: { why: 'status' } }],
    [{ to: 'desk', account: 'lien', seat: desk.state.seat, event: 'desk:changed', hint: { why: 'other' } }],
  ];
  for (const parcel of parcels) await redis.spublish(channelOf(TAG, 'one'), JSON.stringify(parcel));
  await redis.spublish(channelOf(TAG, 'one'), 'not JSON');
  const good = [
    { ...to, ...typing, conn: 1 },
    { ...to, event: 'talk:passing', hint: { frame: 'right' } },
  ];
  await redis.spublish(channelOf(TAG, 'one'), JSON.stringify(good));
  expect(await visitor.hears('talk:passing')).toEqual({ frame: 'right' });
  expect(visitor.heard('talk:passing')).toHaveLength(1);
  for (const event of ['talk:frame', 'visit:stage', 'node:leaving'] as const) expect(visitor.heard(event)).toEqual([]);
  expect(desk.heard('desk:changed')).toEqual([]);
  expect(one.said()).not.toContain('failed');
});

test('[N72] after its line to Redis broke, all pages of a process are told to ask, spread over two seconds, and those of others are not', async () => {
  const [one, other] = [await node('one'), await node('other')];
  const desk = await deskOpens(one, 'lien', { status: 'paused' });
  const visitors = await Promise.all([visitorWaits(one), visitorWaits(one), visitorWaits(one)]);
  const elsewhere = await visitorWaits(other);
  const clients = (await redis.call('CLIENT', 'LIST', 'TYPE', 'pubsub')) as string;
  const ids = [...clients.matchAll(/^id=(\d+) /gm)].map(([, id]) => id!);
  expect(ids.length).toBeGreaterThan(2);
  const mine = ids[1]!; // what watches for the test came first, then what the process hears on
  await redis.call('CLIENT', 'KILL', 'ID', mine);
  const told = () =>
    [...desk.heard('desk:changed'), ...visitors.flatMap((visitor) => visitor.heard('key:opened'))].length;
  // the time passes once the line is back; until then nobody is told
  await expect
    .poll(async () => {
      await one.advance(one.limits.askAnewMs / 20);
      return told();
    })
    .toBe(1);
  await one.advance(one.limits.askAnewMs);
  expect(told()).toBe(4);
  expect(elsewhere.heard('key:opened')).toEqual([]);
});
