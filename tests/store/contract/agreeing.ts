import { expect, test } from 'vitest';
import { heard, type MakeStore, sceneOf, sealedKey } from '../scene.ts';
import { requestName, shareName } from '../world.ts';

/** The keys of a visit, from the first offer on. */
export function agreeingContract(make: MakeStore): void {
  test('[K1 V7] a key offer has the next number; the same one again changes nothing, another is too late', async () => {
    const { store, joins, sits, opens, stateOf, clock } = await sceneOf(make, { limits: { epochsPerVisitMax: 2 } });
    const visitor = await joins(1);
    const held = await opens(await sits(1, { certExpMs: clock.nowMs() + 5_000 }));
    const offer = (epoch: number, keyOffer = `offer.${epoch}`) =>
      store.conversation.keyOffer({ ...held, epoch, keyOffer });
    expect(await offer(2)).toEqual({ is: 'stale_epoch' });
    expect(await offer(1)).toMatchObject({
      is: 'offered',
      hints: [{ to: 'visitor', event: 'key:offered', hint: { epoch: 1 } }],
    });
    expect(await offer(1)).toMatchObject({ is: 'offered', hints: [] });
    expect(await offer(1, 'offer.other')).toEqual({ is: 'stale_epoch' });
    expect(await stateOf(visitor)).toMatchObject({ epoch: 1, keyOffer: 'offer.1', sealedSet: false });
    expect((await offer(2)).is).toBe('offered');
    clock.advance(5_000);
    expect(await offer(3)).toEqual({ is: 'no_cert' });
  });

  test('[D45] how long a visitor waited is told until she was given to the counsellor, also while they talk', async () => {
    const { joins, sits, opens, keyed, deskOf, wait } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    await wait(5_000);
    const held = await opens(desk);
    const waited = async () => (await deskOf(desk)).held.map(({ stage, waitedMs }) => [stage, waitedMs]);
    expect(await waited()).toEqual([['opening', 5_000]]);
    await wait(2_000);
    expect(await waited()).toEqual([['opening', 5_000]]);
    await keyed(visitor, held);
    await wait(60_000);
    expect(await waited()).toEqual([['talking', 5_000]]);
  });

  test('[O46] who talks agrees on another key after the certificate ended; who is opened yet gets none', async () => {
    const { store, joins, sits, opens, talks, stateOf, clock, wait } = await sceneOf(make);
    const talking = await joins(1);
    const desk = await sits(1, { certExpMs: clock.nowMs() + 1_000, slots: 2 });
    const held = await talks(talking, desk);
    const opening = await joins(2);
    const other = await opens(desk);
    await wait(1_000, { desks: [desk] });
    const offer = (of: typeof held, epoch: number) =>
      store.conversation.keyOffer({ ...of, epoch, keyOffer: `offer.${epoch}` });
    expect(await offer(held, 2)).toMatchObject({
      is: 'offered',
      hints: [{ to: 'visitor', event: 'key:offered', hint: { epoch: 2 } }],
    });
    expect((await store.conversation.keySeal({ ...talking, epoch: 2, sealed: sealedKey(2) })).is).toBe('sealed');
    expect(await offer(other, 1)).toEqual({ is: 'no_cert' });
    expect(await stateOf(opening)).toMatchObject({ stage: 'opening', epoch: 0 });
  });

  test('[V12] a visit without another epoch ends, and both sides are told that it was as long as one may be', async () => {
    const { store, joins, sits, opens, stateOf, deskOf } = await sceneOf(make, { limits: { epochsPerVisitMax: 1 } });
    const visitor = await joins(1);
    const desk = await sits(1);
    const held = await opens(desk);
    const offer = (epoch: number) => store.conversation.keyOffer({ ...held, epoch, keyOffer: `offer.${epoch}` });
    expect(await offer(1)).toMatchObject({ is: 'offered' });
    expect(await offer(2)).toMatchObject({
      is: 'exhausted',
      hints: [
        { to: 'visitor', hint: { stage: 'ended', reason: 'too_long' } },
        { to: 'desk', hint: { stage: 'ended', reason: 'too_long' } },
      ],
    });
    expect(await stateOf(visitor)).toBe('lost');
    expect((await deskOf(desk)).held).toEqual([]);
  });

  test('[K1 V7] the first sealed key for an offer stays, and none is sealed for an older one', async () => {
    const { store, joins, sits, opens, stateOf, deskOf } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    const seal = (epoch: number, by = epoch) =>
      store.conversation.keySeal({ ...visitor, epoch, sealed: sealedKey(by) });
    expect(await seal(0)).toEqual({ is: 'stage' });
    const held = await opens(desk);
    expect(await seal(0)).toEqual({ is: 'no_key' });
    await store.conversation.keyOffer({ ...held, epoch: 1, keyOffer: 'offer.1' });
    expect(await seal(1)).toMatchObject({
      is: 'sealed',
      hints: [{ to: 'desk', hint: { epoch: 1, sealed: sealedKey(1) } }],
    });
    expect(await seal(1, 9)).toMatchObject({ is: 'sealed', hints: [] });
    expect(await stateOf(visitor)).toMatchObject({ sealedSet: true });
    expect((await deskOf(desk)).held).toMatchObject([{ sealed: sealedKey(1), epoch: 1, epochNext: 2 }]);
    await store.conversation.keyOffer({ ...held, epoch: 2, keyOffer: 'offer.2' });
    expect(await seal(1)).toEqual({ is: 'stale_epoch' });
    expect(await stateOf(visitor)).toMatchObject({ sealedSet: false });
  });

  test('[K1 C3] talking starts when the counsellor has opened the key and kept her half, not before', async () => {
    const { store, joins, sits, opens, stateOf, answers, writes } = await sceneOf(make);
    const visitor = await joins(1);
    const held = await opens(await sits(1));
    const { keyOffer, keySeal, keyShare, keyOpened } = store.conversation;
    await keyOffer({ ...held, epoch: 1, keyOffer: 'offer.1' });
    expect(await answers(held, 1, { kind: 'control' }), 'nothing is sealed yet').toEqual({ is: 'no_key' });
    expect(await keyOpened({ ...held, epoch: 1 })).toEqual({ is: 'no_key' });
    await keySeal({ ...visitor, epoch: 1, sealed: sealedKey(1) });
    expect(await keyOpened({ ...held, epoch: 1 }), 'her half is not kept').toEqual({ is: 'no_key' });
    await keyShare({ side: 'c', ...held, share: shareName(9) });
    expect(await answers(held, 1, { kind: 'message' })).toEqual({ is: 'stage' });
    expect(await writes(visitor, 1, { kind: 'control' }), 'only she confirms').toEqual({ is: 'stage' });
    expect(await answers(held, 1, { kind: 'control' })).toMatchObject({ is: 'stored', seq: 1 });
    expect(await keyOpened({ ...held, epoch: 2 })).toEqual({ is: 'stale_epoch' });
    const opened = await keyOpened({ ...held, epoch: 1 });
    expect(opened.is === 'opened' && opened.hints.map(({ event }) => event)).toEqual(['visit:stage', 'key:opened']);
    const again = await keyOpened({ ...held, epoch: 1 });
    expect(again).toMatchObject({ is: 'opened', hints: [] });
    const state = await stateOf(visitor);
    expect(state).toMatchObject({ stage: 'talking', sealedSet: false });
    expect(state).not.toHaveProperty('keyOffer');
  });

  test('[K1] in a conversation a new epoch counts from the first frame that she writes in it, but only once it is sealed', async () => {
    const { store, joins, sits, talks, answers, stateOf } = await sceneOf(make);
    const visitor = await joins(1);
    const held = await talks(visitor, await sits(1));
    await store.conversation.keyOffer({ ...held, epoch: 2, keyOffer: 'offer.2' });
    expect(await store.conversation.keyOpened({ ...held, epoch: 2 })).toEqual({ is: 'no_key' });
    await answers(held, 1, { epoch: 2 });
    expect(await stateOf(visitor), 'the visitor can still seal').toMatchObject({ keyOffer: 'offer.2' });
    await store.conversation.keySeal({ ...visitor, epoch: 2, sealed: sealedKey(2) });
    const stored = await answers(held, 2, { epoch: 2 });
    expect(stored.is === 'stored' && heard(stored.hints, 'key:opened')).toMatchObject([{ hint: { epoch: 2 } }]);
    expect(await stateOf(visitor)).toMatchObject({ sealedSet: false });
  });

  test('[K4 R6] each side keeps its own half, and gets it back', async () => {
    const { store, joins, sits, talks, stateOf, deskOf } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    expect(await store.conversation.keyShare({ side: 'v', ...visitor, share: shareName(3) })).toEqual({ is: 'stage' });
    const held = await talks(visitor, desk);
    expect(await stateOf(visitor)).toMatchObject({ share: shareName(1) });
    await store.conversation.keyShare({ side: 'v', ...visitor, share: shareName(3) });
    await store.conversation.keyShare({ side: 'c', ...held, share: shareName(4) });
    expect(await stateOf(visitor)).toMatchObject({ share: shareName(3) });
    expect((await deskOf(desk)).held).toMatchObject([{ share: shareName(4) }]);
  });

  test('[K4 V8] a visitor who lost the key asks for a new one, once in ten seconds; asking too early postpones nothing', async () => {
    const { store, joins, sits, talks, deskOf, clock } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    const ask = (epoch: number) => store.conversation.keyAsk({ ...visitor, epoch });
    expect(await ask(0)).toEqual({ is: 'stage' });
    const held = await talks(visitor, desk);
    expect(await ask(2)).toEqual({ is: 'stale_epoch' });
    expect(await ask(1)).toMatchObject({
      is: 'asked',
      hints: [{ to: 'desk', event: 'key:wanted', hint: { epoch: 1 } }],
    });
    clock.advance(9_000);
    expect(await ask(1)).toEqual({ is: 'too_fast' });
    expect((await deskOf(desk)).held).toMatchObject([{ keyWanted: 1 }]);
    clock.advance(1_000);
    expect((await ask(1)).is).toBe('asked');
    await store.conversation.keyOffer({ ...held, epoch: 2, keyOffer: 'offer.2' });
    expect((await deskOf(desk)).held).toMatchObject([{ keyWanted: 0, epoch: 2 }]);
  });

  test('[Q3 R3 K2] a refused key: to the front, not to her, no wrap-up; the second time it ends', async () => {
    const { store, joins, sits, opens, stateOf, deskOf, rings, wait } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    const held = await opens(desk);
    await store.conversation.keyOffer({ ...held, epoch: 1, keyOffer: 'offer.1' });
    expect(await store.conversation.keyRefuse({ ...visitor, epoch: 2 })).toEqual({ is: 'stale_epoch' });
    const refused = await store.conversation.keyRefuse({ ...visitor, epoch: 1 });
    expect(refused).toMatchObject({ is: 'refused', ended: false, freed: true });
    expect(await store.conversation.keyRefuse({ ...visitor, epoch: 1 })).toEqual({ is: 'stage' });
    expect(await stateOf(visitor)).toMatchObject({ stage: 'waiting', away: 'no', ahead: 0, hold: 2, sealedSet: false });
    expect(await deskOf(desk)).toMatchObject({ status: 'available', held: [] });
    expect(await rings()).toEqual([]);
    await wait(14_000);
    expect(await rings(), 'nobody else is free').toEqual([]);
    await wait(1_000);
    const again = await opens(desk);
    await store.conversation.keyOffer({ ...again, epoch: 2, keyOffer: 'offer.2' });
    expect(await store.conversation.keyRefuse({ ...visitor, epoch: 2 })).toMatchObject({ is: 'refused', ended: true });
    expect(await stateOf(visitor)).toBe('lost');
  });

  test('[R3] taking a visit does not shorten the time until everybody is asked again', async () => {
    const { store, joins, sits, ringsAt, rings, wait } = await sceneOf(make);
    const visitor = await joins(1);
    const first = await sits(1);
    await store.routing.decline({ ...first, offerNo: await ringsAt(first) });
    expect(await rings()).toEqual([]);
    await wait(10_000);
    const second = await sits(2, { slots: 1 });
    const taken = await store.routing.take({ ...second, ticket: 'next', requestId: requestName(1) });
    const hold = taken.is === 'taken_over' ? taken.visit.hold : 0;
    await store.conversation.keyOffer({ ...second, visitId: visitor.visitId, hold, epoch: 1, keyOffer: 'offer.1' });
    await store.conversation.keyRefuse({ ...visitor, epoch: 1 });
    expect(await rings()).toEqual([]);
    await wait(14_000);
    expect(await rings()).toEqual([]);
    await wait(1_000);
    expect(await rings()).toHaveLength(1);
  });
}
