import { expect, test } from 'vitest';
import { heard, type MakeStore, sceneOf } from '../scene.ts';
import { deviceName, requestName, tokenName } from '../world.ts';

/** PROTOCOL A47: two things at once. The first wins; this is what the second gets. */
export function racesContract(make: MakeStore): void {
  const ringing = async (slots = 1) => {
    const scene = await sceneOf(make);
    const visitor = await scene.joins(1);
    const desk = await scene.sits(1, { slots });
    return { ...scene, visitor, desk, offerNo: await scene.ringsAt(desk) };
  };
  const talking = async () => {
    const scene = await sceneOf(make);
    const visitor = await scene.joins(1);
    const desk = await scene.sits(1);
    return { ...scene, visitor, desk, held: await scene.talks(visitor, desk) };
  };
  const left = { by: 'visitor', reason: 'visitor_left' } as const;

  test('[R1 R4] leave, then accept: gone, and the desk is free', async () => {
    const { store, visitor, desk, offerNo, accepts, deskOf } = await ringing();
    const answer = await store.visit.end({ ...left, ...visitor });
    expect(answer.is === 'ended' && heard(answer.hints, 'offer:off')).toMatchObject([
      { hint: { offerNo, why: 'left' } },
    ]);
    expect(await accepts(desk, offerNo)).toEqual({ is: 'gone' });
    expect(await deskOf(desk)).toMatchObject({ status: 'available', rings: [], held: [] });
  });

  test('[V4] accept, then leave: ended, without wrap-up', async () => {
    const { store, visitor, desk, offerNo, accepts, deskOf } = await ringing();
    await accepts(desk, offerNo);
    expect(await store.visit.end({ ...left, ...visitor })).toMatchObject({ is: 'ended' });
    expect(await deskOf(desk)).toMatchObject({ status: 'available', held: [] });
  });

  test('[R1] the offer timed out, then accept: gone, even when the visit rings at her again', async () => {
    const { desk, offerNo, accepts, wait, ringsAt } = await ringing();
    await wait(30_000);
    expect(await accepts(desk, offerNo)).toEqual({ is: 'gone' });
    await wait(15_000);
    await ringsAt(desk).catch(() => wait(15_000).then(() => ringsAt(desk)));
    expect(await accepts(desk, offerNo)).toEqual({ is: 'gone' });
  });

  test('[R1 R4] accept, then the tick that would end the ring: nothing', async () => {
    const { desk, offerNo, accepts, clock, tick, store, stateOf, visitor } = await ringing();
    await accepts(desk, offerNo);
    clock.advance(4_000);
    await store.presence.beat([desk]);
    expect((await tick()).hints).toEqual([]);
    expect(await stateOf(visitor)).toMatchObject({ stage: 'opening' });
  });

  test('[R1 L4] two devices accept: the older seat is replaced', async () => {
    const { desk, offerNo, accepts, sits } = await ringing();
    const reloaded = await sits(1);
    expect(await accepts(desk, offerNo)).toEqual({ is: 'replaced' });
    expect(await accepts(reloaded, offerNo)).toMatchObject({ is: 'accepted' });
    expect(await accepts(reloaded, offerNo)).toMatchObject({ is: 'accepted' });
  });

  test.each(['pause', 'slots', 'device'] as const)(
    '[R1] her ring was withdrawn by %s, then accept: gone',
    async (how) => {
      const { store, desk, offerNo, accepts, sits, joins, rings } = await ringing(2);
      await joins(2);
      const [second] = await rings();
      const requestId = requestName(1);
      if (how === 'pause') await store.presence.status({ ...desk, status: 'paused', requestId });
      if (how === 'slots') await store.presence.slots({ ...desk, slots: 1, requestId });
      const now = how === 'device' ? await sits(1, { dev: deviceName(9), takeOver: true }) : desk;
      expect(await accepts(now, second!.offerNo), 'the younger one').toEqual({ is: 'gone' });
      expect((await accepts(now, offerNo)).is).toBe(how === 'slots' ? 'accepted' : 'gone');
    },
  );

  test('[R4 Q6] away for 10 s, then accept: gone; the other way round the opening goes on', async () => {
    const away = await ringing();
    await away.store.visit.drop(away.visitor);
    await away.wait(10_000);
    expect(await away.accepts(away.desk, away.offerNo)).toEqual({ is: 'gone' });
    const opening = await ringing();
    await opening.accepts(opening.desk, opening.offerNo);
    await opening.store.visit.drop(opening.visitor);
    await opening.wait(80_000);
    expect((await opening.deskOf(opening.desk)).held).toMatchObject([{ stage: 'opening', peer: 'away' }]);
    await opening.wait(10_000);
    expect((await opening.deskOf(opening.desk)).held).toEqual([]);
  });

  test('[V4 C3] end, then append: no such visit; append, then end: it was stored, and the end is final', async () => {
    const { store, visitor, held, writes, answers } = await talking();
    expect((await writes(visitor, 1)).is).toBe('stored');
    await store.visit.end({ ...left, ...visitor });
    expect(await writes(visitor, 2)).toMatchObject({ is: 'lost' });
    expect(await answers(held, 2)).toMatchObject({ is: 'lost' });
    expect(await store.conversation.since({ side: 'v', ...visitor, seq: 0 })).toMatchObject({ is: 'lost' });
  });

  test('[V4 V7] both end it: the first reason is the reason', async () => {
    const { store, visitor, held } = await talking();
    expect(await store.visit.end({ by: 'desk', ...held, reason: 'counsellor_ended' })).toMatchObject({ is: 'ended' });
    expect(await store.visit.end({ ...left, ...visitor })).toMatchObject({ is: 'ended', hints: [] });
  });

  test('[K1] two windows offer a key: one number, one offer', async () => {
    const { store, held } = await talking();
    const offer = (keyOffer: string) => store.conversation.keyOffer({ ...held, epoch: 2, keyOffer });
    const answers = await Promise.all([offer('offer.a'), offer('offer.b')]);
    expect(answers.map(({ is }) => is)).toEqual(['offered', 'stale_epoch']);
  });

  test('[K1] a new key offer, then the key for the old one: stale', async () => {
    const { store, held, visitor } = await talking();
    await store.conversation.keyOffer({ ...held, epoch: 2, keyOffer: 'offer.2' });
    expect(await store.conversation.keySeal({ ...visitor, epoch: 1, sealed: 'sealed' })).toEqual({ is: 'stale_epoch' });
  });

  test('[L4] two tabs: the second one is it', async () => {
    const { store, visitor, writes } = await talking();
    const attach = (number: number) => store.visit.reissue({ visitId: visitor.visitId, next: tokenName(1, number) });
    const answers = await Promise.all([attach(1), attach(2)]);
    const [first, second] = [visitor.conn + 1, visitor.conn + 2];
    expect(answers).toMatchObject([
      { conn: first },
      { conn: second, hints: [{ event: 'visit:replaced', conn: first }] },
    ]);
    expect(await writes({ ...visitor, conn: first }, 1)).toEqual({ is: 'replaced' });
    expect((await writes({ ...visitor, conn: second }, 1)).is).toBe('stored');
  });

  test('[R4] a reload is too short to stop a ring', async () => {
    const { store, visitor, desk, offerNo, accepts, wait } = await ringing();
    await store.visit.drop(visitor);
    await wait(5_000);
    await store.visit.reissue({ visitId: visitor.visitId, next: tokenName(1, 1) });
    expect((await accepts(desk, offerNo)).is).toBe('accepted');
  });

  test('[H1] the queue was told that it is over, then accept: whoever rings is not told', async () => {
    const { desk, offerNo, accepts, wait, stateOf, visitor } = await ringing();
    await wait(1_000, { closedForMs: 9_000_000 });
    expect(await stateOf(visitor)).toMatchObject({ stage: 'offered' });
    expect((await accepts(desk, offerNo)).is).toBe('accepted');
  });

  test('[R6 Q3] signing out: what is held is at the front at once, what rings stops, and the seat can do nothing more', async () => {
    const { store, joins, sits, stateOf, answers, deskOf } = await sceneOf(make);
    const [one, two, three] = [await joins(1), await joins(2), await joins(3)];
    const desk = await sits(1, { slots: 3 });
    const all = (await store.routing.match()).hints.flatMap((hint) =>
      hint.event === 'offer:ring' ? [hint.hint.offerNo] : [],
    );
    expect(all).toHaveLength(3);
    const held = [];
    for (const offerNo of all.slice(0, 2)) {
      const answer = await store.routing.accept({ ...desk, offerNo, requestId: requestName(1) });
      if (answer.is === 'accepted') held.push({ ...desk, visitId: answer.visit.visitId, hold: answer.visit.hold });
    }
    const out = await store.presence.signOut(desk);
    expect(out).toMatchObject({ is: 'signed_out', freed: true });
    const told = out.is === 'signed_out' ? out.hints.map(({ to, event }) => `${to} ${event}`) : [];
    expect(told.filter((hint) => hint === 'visitor visit:stage')).toHaveLength(3);
    expect(told).toContain('desk offer:off');
    for (const visitor of [one, two, three]) expect(await stateOf(visitor)).toMatchObject({ stage: 'waiting' });
    expect((await store.queue.facts()).places.map(({ visitId }) => visitId)).toEqual(
      [one, two, three].map(({ visitId }) => visitId),
    );
    expect(await answers(held[0]!, 1, { kind: 'control' })).toEqual({ is: 'replaced' });
    expect(await store.presence.signOut(desk)).toEqual({ is: 'replaced' });
    expect(await store.routing.match()).toMatchObject({ offers: 0 });
    const again = await sits(1, { slots: 3 });
    expect(again.seat).toBeGreaterThan(desk.seat);
    expect(await deskOf(again)).toMatchObject({ status: 'available', held: [], rings: [] });
  });

  test('[V7] an old press that comes again, late, does not undo a newer one', async () => {
    const { store, sits, deskOf, clock } = await sceneOf(make);
    const desk = await sits(1);
    const pause = { ...desk, status: 'paused', requestId: requestName(1) } as const;
    const three = { ...desk, slots: 3, requestId: requestName(2) };
    await store.presence.status(pause);
    await store.presence.slots(three);
    await store.presence.status({ ...desk, status: 'available', requestId: requestName(3) });
    await store.presence.slots({ ...desk, slots: 2, requestId: requestName(4) });
    expect(await store.presence.status(pause)).toMatchObject({ is: 'set', hints: [] });
    expect(await store.presence.slots(three)).toMatchObject({ is: 'set', hints: [] });
    expect(await deskOf(desk)).toMatchObject({ status: 'available', slots: 2 });
    clock.advance(60_000);
    await store.presence.status(pause);
    expect(await deskOf(desk)).toMatchObject({ status: 'paused' });
  });

  test('[V3] two conversations at one desk stay two', async () => {
    const { store, joins, sits, opens, keyed, writes, answers } = await sceneOf(make);
    const desk = await sits(1, { slots: 2 });
    const [first, second] = [await joins(1), await opens(desk).then(async (held) => ({ held }))];
    await keyed(first, second.held);
    const other = await joins(2);
    const held = await opens(desk);
    await keyed(other, held);
    await writes(first, 1);
    expect(await answers(held, 2)).toMatchObject({ seq: 2, hints: [{ visitId: other.visitId }] });
    const { since } = store.conversation;
    expect(await since({ side: 'c', ...second.held, seq: 0 })).toMatchObject({ since: { last: 2 } });
    expect(await since({ side: 'c', ...held, visitId: first.visitId, seq: 0 })).toMatchObject({ is: 'since' });
    expect(await since({ side: 'c', ...held, visitId: first.visitId, hold: 9, seq: 0 })).toEqual({ is: 'not_yours' });
  });
}
