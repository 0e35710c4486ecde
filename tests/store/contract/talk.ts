import { expect, test } from 'vitest';
import { frameId } from '@clbchat/shared/protocol/frame';
import { frameOf, streamName } from '../../support/frames.ts';
import { heard, type MakeStore, sceneOf } from '../scene.ts';
import { requestName, tokenName } from '../world.ts';

/** PROTOCOL B: rows 18 to 32, without those that time brings. */
export function talkContract(make: MakeStore): void {
  test('[C2 C3 V7] frames get numbers without holes; a repeated one its first, even in a later epoch', async () => {
    const { store, joins, sits, talks, writes, answers } = await sceneOf(make);
    const visitor = await joins(1);
    const held = await talks(visitor, await sits(1));
    const first = await writes(visitor, 1);
    expect(first).toMatchObject({
      is: 'stored',
      seq: 2,
      hints: [{ to: 'desk', event: 'talk:frame', hint: { seq: 2, epoch: 1 } }],
    });
    expect(await writes(visitor, 1)).toEqual({ is: 'stored', seq: 2, hints: [] });
    expect(await writes(visitor, 3)).toEqual({ is: 'out_of_order' });
    expect(await writes(visitor, 2, { stream: streamName(2) })).toEqual({ is: 'out_of_order' });
    expect(await answers(held, 2)).toMatchObject({ seq: 3, hints: [{ to: 'visitor', event: 'talk:frame' }] });
    expect(await writes(visitor, 2)).toMatchObject({ is: 'stored', seq: 4 });
    expect(await writes(visitor, 1), 'stored, its number is forgotten').toEqual({ is: 'stored', seq: 0, hints: [] });
    expect(await writes(visitor, 1, { epoch: 2 })).toEqual({ is: 'stale_epoch' });
    await store.conversation.keyOffer({ ...held, epoch: 2, keyOffer: 'offer.2' });
    expect(await writes(visitor, 2), 'whatever the epoch').toEqual({ is: 'stored', seq: 4, hints: [] });
    expect(await writes(visitor, 3)).toEqual({ is: 'stale_epoch' });
  });

  test('[P1] streams of one epoch and frames of one visit are counted', async () => {
    const { joins, sits, talks, writes } = await sceneOf(make, {
      limits: { streamsPerEpochMax: 2, framesPerVisitMax: 4 },
    });
    const visitor = await joins(1);
    await talks(visitor, await sits(1));
    await writes(visitor, 1);
    await writes(visitor, 1, { stream: streamName(2) });
    expect(await writes(visitor, 1, { stream: streamName(3) })).toEqual({ is: 'streams_full' });
    expect(await writes(visitor, 2)).toMatchObject({ is: 'stored', seq: 4 });
    expect(await writes(visitor, 3)).toEqual({ is: 'log_full' });
  });

  test('[V2 C1] frames are asked for from a number on, in answers of bounded size', async () => {
    const { store, joins, sits, talks, writes, clock } = await sceneOf(make, { limits: { listCharsMax: 900 } });
    const visitor = await joins(1);
    const held = await talks(visitor, await sits(1));
    for (const n of [1, 2, 3]) await writes(visitor, n);
    clock.advance(1_500);
    const since = (seq: number, id?: string) =>
      store.conversation.since({ side: 'c', ...held, seq, ...(id && { id }) });
    const first = await since(1);
    expect(first).toMatchObject({ since: { from: 1, last: 4, more: true, frames: [{ seq: 2, agoS: 1 }, { seq: 3 }] } });
    expect(await since(3)).toMatchObject({ since: { more: false, frames: [{ seq: 4, frame: expect.any(String) }] } });
    expect(await since(4)).toMatchObject({ since: { frames: [], more: false, last: 4 } });
    const { header } = frameOf({ visitId: visitor.visitId, side: 'v', n: 1 });
    expect(await since(2, frameId(header))).toMatchObject({ since: { from: 1 } });
    expect(await since(3, frameId(header)), 'another frame there').toMatchObject({
      since: { diverged: true, last: 4 },
    });
    expect(await since(5), 'more than there is').toMatchObject({ since: { diverged: true, last: 4 } });
  });

  test('[C2 V7 V8] what the store has lost is restored in order; what it knows is passed over', async () => {
    const { store, joins, sits, talks, writes } = await sceneOf(make);
    const visitor = await joins(1);
    const frames = (...numbers: number[]) => numbers.map((n) => frameOf({ visitId: visitor.visitId, side: 'v', n }));
    const restore = (list: ReturnType<typeof frames>) =>
      store.conversation.restore({ side: 'v', ...visitor, frames: list });
    expect(await restore(frames(1))).toEqual({ is: 'stage' });
    const held = await talks(visitor, await sits(1));
    await writes(visitor, 1);
    const restored = await restore(frames(1, 2, 3));
    expect(restored).toMatchObject({ is: 'restored', seqs: [0, 3, 4] });
    expect(restored.is === 'restored' && heard(restored.hints, 'talk:frame').map(({ hint }) => hint.seq)).toEqual([
      3, 4,
    ]);
    expect(await restore(frames(1, 2, 3))).toEqual({ is: 'restored', seqs: [0, 0, 0], hints: [] });
    expect(await restore(frames(5))).toEqual({ is: 'out_of_order' });
    expect(await restore(frames(4, 6))).toMatchObject({ is: 'restored', seqs: [5] });
    await store.conversation.keyOffer({ ...held, epoch: 2, keyOffer: 'offer.2' });
    expect(await restore(frames(5)), 'of an earlier epoch too').toMatchObject({ seqs: [6] });
    const later = frameOf({ visitId: visitor.visitId, side: 'v', n: 1, epoch: 3 });
    expect(await restore([later])).toEqual({ is: 'stale_epoch' });
  });

  test('[R6] what is not stored goes to the newest fence of the other side, in this epoch only', async () => {
    const { store, joins, sits, talks } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    const held = await talks(visitor, desk);
    const typing = (epoch: number) => frameOf({ visitId: visitor.visitId, side: 'v', n: 1, epoch, kind: 'passing' });
    const passing = (from: typeof visitor, epoch = 1) =>
      store.conversation.passing({ side: 'v', ...from, ...typing(epoch) });
    expect((await passing(visitor)).hints).toMatchObject([{ to: 'desk', seat: desk.seat, event: 'talk:passing' }]);
    expect((await passing(visitor, 2)).hints).toEqual([]);
    expect((await passing({ ...visitor, conn: 9 })).hints).toEqual([]);
    const answer = frameOf({ visitId: visitor.visitId, side: 'c', n: 1, kind: 'passing' });
    const { hints } = await store.conversation.passing({ side: 'c', ...held, ...answer });
    expect(hints).toMatchObject([{ to: 'visitor', conn: visitor.conn, event: 'talk:passing' }]);
  });

  test.each([
    ['visitor', 'visitor_left'],
    ['token', 'quick_exit'],
    ['desk', 'counsellor_ended'],
  ] as const)('[V4 V7] the end of a conversation by %s: gone, and she rests until ready', async (by, reason) => {
    const { store, joins, sits, talks, stateOf, deskOf, rings } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1, { slots: 2 });
    const held = await talks(visitor, desk);
    await joins(2);
    expect(await rings()).toHaveLength(1);
    const { visitId } = visitor;
    const input =
      by === 'visitor'
        ? { by, ...visitor, reason }
        : by === 'token'
          ? { by, visitId, token: tokenName(1, 0), reason }
          : { by, ...held, reason };
    const answer = await store.visit.end(input);
    expect(answer.is === 'ended' && heard(answer.hints, 'visit:stage')).toMatchObject([
      { to: 'visitor', hint: { stage: 'ended', reason } },
      { to: 'desk', hint: { stage: 'ended', reason, visitId } },
      { to: 'visitor', hint: { stage: 'waiting' } }, // of the other one, whose ring is withdrawn
    ]);
    expect(await store.visit.end(input)).toMatchObject({ is: 'ended', hints: [] });
    expect(await stateOf(visitor)).toBe('lost');
    expect(await deskOf(desk)).toMatchObject({ status: 'wrap-up', held: [], rings: [] });
    await store.presence.status({ ...desk, status: 'available', requestId: requestName(1) });
    expect(await rings()).toHaveLength(1);
  });

  test.each(['visitor', 'desk'] as const)('[V4 V7] the end of an opening by %s brings no wrap-up', async (by) => {
    const { store, joins, sits, opens, deskOf } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    const held = await opens(desk);
    const input = by === 'visitor' ? { by, ...visitor } : { by, ...held };
    expect((await store.visit.end({ ...input, reason: 'blocked' })).is).toBe('ended');
    expect(await deskOf(desk)).toMatchObject({ status: 'available', held: [] });
  });
}
