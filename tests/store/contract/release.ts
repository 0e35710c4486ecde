import { expect, test } from 'vitest';
import { heard, type Held, type MakeStore, sceneOf, sealedKey } from '../scene.ts';
import { requestName, tokenName } from '../world.ts';

/** How a visit leaves a desk without ending: PROTOCOL B, rows 25 and 34, and what SPEC says instead of `asleep`. */
export function releaseContract(make: MakeStore): void {
  /** Accepted, and asked: the key offer is there, and nothing is sealed for it. */
  const asked = async () => {
    const scene = await sceneOf(make);
    const visitor = await scene.joins(1);
    const desk = await scene.sits(1);
    const held = await scene.opens(desk);
    await scene.store.conversation.keyOffer({ ...held, epoch: 1, keyOffer: 'offer.1' });
    return { ...scene, visitor, desk, held };
  };

  test('[Q7 V1 K4] who is choosing at a living page is neither away nor ended, keeps its place, and her slot is free', async () => {
    const { store, visitor, desk, wait, stateOf, deskOf, joins, talks } = await asked();
    await wait(89_000);
    expect(await stateOf(visitor)).toMatchObject({ stage: 'opening' });
    const hints = await wait(1_000);
    expect(heard(hints, 'visit:stage')).toMatchObject([
      { to: 'desk', hint: { stage: 'waiting', hold: 2, released: 'unanswered' } },
      { to: 'visitor', hint: { stage: 'waiting', hold: 2 } },
    ]);
    expect(await deskOf(desk)).toMatchObject({ status: 'available', held: [] });
    const other = await joins(2);
    await talks(other, desk); // her slot is free for whoever comes after
    await wait(300_000);
    const state = { away: 'no', unanswered: true, front: 'unanswered', stage: 'waiting', ahead: 0 };
    expect(await stateOf(visitor)).toMatchObject(state);
    expect(await store.queue.rows(9)).toMatchObject([{ ticket: 1, away: false, unanswered: true, ringing: false }]);
  });

  test('[Q7 R3] who owes an answer is offered to nobody, and cannot be taken', async () => {
    const { store, desk, wait, rings, sits } = await asked();
    await wait(90_000);
    const colleague = await sits(2);
    await wait(200_000);
    expect(await rings()).toEqual([]);
    for (const who of [desk, colleague]) {
      const take = (ticket: number | 'next', press: number) =>
        store.routing.take({ ...who, ticket, requestId: requestName(press) });
      expect(await take(1, 1)).toEqual({ is: 'not_ready' });
      expect(await take('next', 2)).toEqual({ is: 'nobody_waiting' });
    }
  });

  test.each([1_000, 400_000])(
    '[Q7 Q3] the answer after %i ms: first ticket, first to the counsellor whom it was asked about',
    async (late) => {
      const { store, visitor, desk, wait, rings, sits, joins, stateOf } = await asked();
      const other = await sits(2, { status: 'paused' }); // who has had nobody for longer
      await wait(90_000);
      await wait(late);
      await store.presence.status({
        ...other,
        status: 'available',
        requestId: requestName(1),
      });
      await joins(2);
      expect(await store.queue.here(visitor)).toMatchObject({ is: 'here', ahead: 0, freed: true });
      expect(await stateOf(visitor)).toMatchObject({ unanswered: false, front: 'unanswered' });
      expect(await rings()).toMatchObject([{ account: desk.account }, { account: 'account2' }]);
      expect(await store.queue.here(visitor)).toMatchObject({ is: 'here', freed: false });
    },
  );

  test('[Q7 Q6] who owes an answer and closes the page is away, kept as any who waits, and still owes it when it is back', async () => {
    const { store, visitor, wait, stateOf, rings } = await asked();
    await wait(90_000);
    await store.visit.drop(visitor);
    await wait(10_000);
    expect(await store.queue.rows(9)).toMatchObject([{ away: true, unanswered: true }]);
    const back = await store.visit.reissue({ visitId: visitor.visitId, next: tokenName(1, 1) });
    expect(back).toMatchObject({ is: 'attached', state: { away: 'no', unanswered: true } });
    expect(await rings()).toEqual([]);
    const now = { ...visitor, conn: 2 };
    await store.visit.drop(now);
    await wait(180_000);
    expect(await stateOf(visitor)).toBe('lost');
  });

  test('[Q7 Q6] whose page went before the 90 s were over is away at once, and her console reads that', async () => {
    const { store, visitor, wait } = await asked();
    await wait(60_000);
    await store.visit.drop(visitor);
    const told = heard(await wait(30_000), 'visit:stage');
    expect(told).toMatchObject([{ to: 'desk', hint: { released: 'visitor_away' } }]);
    expect(await store.queue.rows(9)).toMatchObject([{ away: true, unanswered: true }]);
  });

  /** An opening that passes without a key. @param epoch for which she offers one; 0 = she does not */
  const misses = async (scene: Awaited<ReturnType<typeof sceneOf>>, desk: Held, epoch: number) => {
    const held = await scene.opens(desk);
    if (epoch > 0)
      expect((await scene.store.conversation.keyOffer({ ...held, epoch, keyOffer: 'offer' })).is).toBe('offered');
    await scene.wait(90_000);
    return held.visitId;
  };

  test('[Q12 Q2] two pages that make no key and say that they are there do not hold the line: who stands behind them is next', async () => {
    const scene = await sceneOf(make);
    const { store, joins, sits, stateOf, talks } = scene;
    const ghosts = [await joins(1), await joins(2)];
    await scene.wait(1_000);
    const pupil = await joins(3);
    const desk = (await sits(1)) as Held;
    for (let round = 0; round < 4; round += 1) {
      const visitId = await misses(scene, desk, 1 + (round % 2));
      const ghost = ghosts.find((each) => each.visitId === visitId);
      expect(ghost, `round ${round}`).toBeDefined();
      expect(await store.queue.here(ghost!)).toMatchObject({ is: 'here' });
    }
    expect(await stateOf(pupil)).toMatchObject({ ahead: 0 });
    expect(await stateOf(ghosts[0]!)).toMatchObject({ ahead: 1, front: 'unanswered', passed: true });
    expect(await stateOf(ghosts[1]!)).toMatchObject({ ahead: 2, passed: true });
    expect(await store.queue.rows(9)).toMatchObject([{ ticket: 3 }, { ticket: 4 }, { ticket: 5 }]);
    await talks(pupil, desk);
    // who stands before the second of them now came before it, and lost its place as well
    for (const ghost of ghosts) expect(await stateOf(ghost)).not.toHaveProperty('passed');
    expect(await stateOf(ghosts[1]!)).toMatchObject({ ahead: 1 });
  });

  test('[Q12 Q3] one missed opening costs nothing, nor does a key of hers that was not opened before or after it', async () => {
    const scene = await sceneOf(make);
    const { store, joins, sits, opens, wait, stateOf } = scene;
    const visitor = await joins(1);
    await joins(2);
    const desk = (await sits(1)) as Held;
    const unopened = async (epoch: number) => {
      const held = await opens(desk);
      await store.conversation.keyOffer({ ...held, epoch, keyOffer: 'offer' });
      await store.conversation.keySeal({ ...visitor, epoch, sealed: sealedKey(epoch) });
      await wait(90_000);
      await wait(60_000); // she is not asked again for a while
    };
    await scene.store.presence.status({ ...desk, status: 'available', requestId: requestName(1) });
    await misses(scene, desk, 1);
    await store.queue.here(visitor);
    expect(await stateOf(visitor)).toMatchObject({ ahead: 0, front: 'unanswered' });
    await unopened(2);
    const state = await stateOf(visitor);
    expect(state).toMatchObject({ ahead: 0, front: 'unopened' });
    expect(state).not.toHaveProperty('passed');
    await opens(desk).then((held) => store.conversation.keyOffer({ ...held, epoch: 3, keyOffer: 'offer' }));
    await wait(90_000);
    expect(await stateOf(visitor)).toMatchObject({ ahead: 0, front: 'unanswered', unanswered: true });
  });

  test('[Q12] two openings without any question, too, and a visit alone in the line is told nothing', async () => {
    const scene = await sceneOf(make);
    const { joins, sits, stateOf, wait, store } = scene;
    const visitor = await joins(1);
    const desk = (await sits(1)) as Held;
    await misses(scene, desk, 0);
    await wait(60_000);
    await misses(scene, desk, 0);
    const state = await stateOf(visitor);
    expect(state).toMatchObject({ ahead: 0, front: 'unopened' });
    expect(state).not.toHaveProperty('passed');
    expect(await store.queue.rows(9)).toMatchObject([{ ticket: 2 }]);
  });

  test.each(['no key offer came', 'the sealed key was not opened'] as const)(
    '[Q7 R11] %s in 90 s: no doing of the visitor, who is in the line at once, but not for her',
    async (what) => {
      const { store, joins, sits, opens, wait, stateOf, rings } = await sceneOf(make);
      const visitor = await joins(1);
      const desk = await sits(1);
      const held = await opens(desk);
      if (what !== 'no key offer came') {
        await store.conversation.keyOffer({ ...held, epoch: 1, keyOffer: 'offer.1' });
        await store.conversation.keySeal({ ...visitor, epoch: 1, sealed: sealedKey(1) });
      }
      const told = heard(await wait(90_000), 'visit:stage');
      expect(told).toMatchObject([{ to: 'desk', hint: { released: 'unopened' } }, { to: 'visitor' }]);
      expect(await stateOf(visitor)).toMatchObject({
        stage: 'waiting',
        unanswered: false,
        front: 'unopened',
        ahead: 0,
      });
      expect(await rings()).toEqual([]);
      const colleague = await sits(2);
      expect(await rings()).toMatchObject([{ account: colleague.account }]);
    },
  );

  test('[Q7 P1] who owes an answer fills no line', async () => {
    const scene = await sceneOf(make, { rules: { waitingMax: 1 } });
    const { store, joins, sits, opens, wait, joinInput } = scene;
    await joins(1);
    const held = await opens(await sits(1));
    await store.conversation.keyOffer({ ...held, epoch: 1, keyOffer: 'offer.1' });
    await wait(90_000);
    await store.presence.status({ ...held, status: 'paused', requestId: requestName(1) });
    expect(await store.queue.facts()).toMatchObject({ waiting: 0, places: [{ ahead: 0 }] });
    expect((await store.queue.join(joinInput(2))).is).toBe('joined');
    expect(await store.queue.join(joinInput(3))).toEqual({ is: 'full' });
  });

  const letsGo = (held: Held) => ({ ...held, why: 'unkept' as const });

  test.each(['opening', 'talking'] as const)(
    '[R10 Q3 R6 V7] a console that cannot keep the key of a visit (%s) lets go: front, free, no miss, no wrap-up, not to her',
    async (stage) => {
      const { store, joins, sits, opens, keyed, answers, stateOf, deskOf, rings, wait } = await sceneOf(make);
      const visitor = await joins(1);
      const desk = await sits(1);
      const held = await opens(desk);
      if (stage === 'talking') await keyed(visitor, held);
      await joins(2);
      const answer = await store.routing.release(letsGo(held));
      expect(answer).toMatchObject({ is: 'released', freed: true });
      expect(answer.is === 'released' && answer.hints).toMatchObject([
        { to: 'desk', event: 'visit:stage', hint: { stage: 'waiting', hold: 2, released: 'unkept' } },
        { to: 'visitor', event: 'visit:stage', hint: { stage: 'waiting', hold: 2 } },
      ]);
      expect(await store.routing.release(letsGo(held))).toEqual({ is: 'not_yours' });
      expect(await answers(held, 9)).toEqual({ is: 'not_yours' });
      expect(await stateOf(visitor)).toMatchObject({ front: 'unkept', unanswered: false, ahead: 0 });
      expect(await deskOf(desk)).toMatchObject({ status: 'available', held: [] });
      expect(await rings(), 'the next one rings here, and not this one').toHaveLength(1);
      expect((await store.queue.rows(9)).map(({ ringing }) => ringing)).toEqual([false, true]);
      await wait(20_000);
      expect((await deskOf(desk)).status, 'it was no miss').toBe('available');
    },
  );

  test('[R10 R6] nobody lets go of a visit that is not theirs, nor of one that ended', async () => {
    const { store, joins, sits, opens } = await sceneOf(make);
    const visitor = await joins(1);
    const held = await opens(await sits(1));
    const other = await sits(2);
    expect(await store.routing.release(letsGo({ ...held, ...other }))).toEqual({ is: 'not_yours' });
    expect(await store.routing.release(letsGo({ ...held, seat: 9 }))).toEqual({ is: 'replaced' });
    await store.visit.end({ by: 'visitor', ...visitor, reason: 'visitor_left' });
    expect(await store.routing.release(letsGo(held))).toMatchObject({ is: 'lost' });
  });

  test('[R11 V2] why she no longer has it stands in her state as long as the visit lasts, also while another has it', async () => {
    const { store, joins, sits, talks, opens, wait, deskOf, stateOf } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    await talks(visitor, desk);
    await wait(60_000, { desks: [desk] });
    const again = await sits(1);
    await store.presence.status({ ...again, status: 'paused', requestId: requestName(1) });
    const { visitId } = visitor;
    expect((await deskOf(again)).letGo).toEqual([{ visitId, why: 'counsellor_gone' }]);
    expect(await stateOf(visitor)).toMatchObject({ front: 'counsellor_gone' });
    const colleague = await sits(2);
    const held = await opens(colleague);
    expect((await deskOf(again)).letGo).toEqual([{ visitId, why: 'counsellor_gone' }]);
    expect(await stateOf(visitor)).toMatchObject({ stage: 'opening', front: null });
    await store.routing.release(letsGo(held));
    expect((await deskOf(again)).letGo, 'whose it was last').toEqual([]);
    expect((await deskOf(colleague)).letGo).toEqual([{ visitId, why: 'unkept' }]);
    await store.visit.end({ by: 'visitor', ...visitor, reason: 'visitor_left' });
    expect((await deskOf(colleague)).letGo).toEqual([]);
  });

  test('[R11] what comes back to the same counsellor stands no more among what she let go', async () => {
    const { joins, sits, opens, wait, deskOf } = await sceneOf(make);
    await joins(1);
    const desk = await sits(1);
    await opens(desk);
    await wait(60_000, { desks: [desk] });
    const again = await sits(1);
    await opens(again);
    expect(await deskOf(again)).toMatchObject({ held: [{ hold: 3 }], letGo: [] });
  });

  test('[V11 Q3] a key that was refused is the cause, at the front and, the second time, at the end', async () => {
    const { store, visitor, held, wait, stateOf, opens, sits } = await asked();
    const refuse = (epoch: number) => store.conversation.keyRefuse({ ...visitor, epoch });
    const first = await refuse(1);
    expect(first.is === 'refused' && heard(first.hints, 'visit:stage')).toMatchObject([
      { to: 'desk', account: held.account, hint: { released: 'refused' } },
      { to: 'visitor' },
    ]);
    expect(await stateOf(visitor)).toMatchObject({ front: 'refused', unanswered: false });
    await wait(1_000);
    const next = await opens(await sits(2));
    await store.conversation.keyOffer({ ...next, epoch: 2, keyOffer: 'offer.2' });
    const second = await refuse(2);
    expect(second.is === 'refused' && heard(second.hints, 'visit:stage').map(({ hint }) => hint.reason)).toEqual([
      'refused',
      'refused',
    ]);
  });
}
