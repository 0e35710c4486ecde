import type { VisitId } from '@clbchat/shared/ids';
import type { HeldVisit } from '@clbchat/shared/protocol/counsellor';
import { expect, test } from 'vitest';
import { heard, type Held, type MakeStore, sceneOf, sealedKey } from '../scene.ts';
import { tokenName } from '../world.ts';

/** A counsellor does not wait for somebody who has just gone, while somebody else waits for her. */
export function putBackContract(make: MakeStore): void {
  const accepted = async () => {
    const scene = await sceneOf(make);
    const visitor = await scene.joins(1);
    const desk = await scene.sits(1);
    const held = await scene.opens(desk);
    const returns = async <Who extends { visitId: VisitId; conn: number }>(who: Who, time: number): Promise<Who> => {
      const back = await scene.store.visit.reissue({ visitId: who.visitId, next: tokenName(1, time) });
      if (back.is !== 'attached') throw new Error(`reissue answered ${back.is}`);
      return { ...who, conn: back.conn };
    };
    return { ...scene, visitor, desk, held, returns };
  };
  const goes = (held: Held) => ({ ...held, why: 'visitor_away' as const });

  test('[R12 R11 Q3] who has just gone goes to the front with one press, and the next one rings there', async () => {
    const { store, visitor, desk, held, joins, rings, stateOf, deskOf } = await accepted();
    const other = await joins(2);
    await store.visit.drop(visitor);
    const answer = await store.routing.release(goes(held));
    expect(answer).toMatchObject({ is: 'released', freed: true });
    expect(answer.is === 'released' && heard(answer.hints, 'visit:stage')).toMatchObject([
      { to: 'desk', hint: { stage: 'waiting', hold: 2, released: 'visitor_away' } },
    ]);
    expect(await deskOf(desk)).toMatchObject({ status: 'available', held: [] });
    expect(await rings()).toMatchObject([{ account: desk.account }]);
    expect(await stateOf(other)).toMatchObject({ ahead: 1 });
    expect(await store.queue.rows(9)).toMatchObject([{ ticket: 1, away: true, ringing: false }, { ringing: true }]);
    const back = await store.visit.reissue({ visitId: visitor.visitId, next: tokenName(1, 1) });
    expect(back).toMatchObject({ state: { front: 'visitor_away', ahead: 0, away: 'no', unanswered: false } });
    expect(await store.routing.release(goes(held))).toEqual({ is: 'not_yours' });
  });

  test('[R12] nobody is sent away who is there, who is back, or whose key was there', async () => {
    const { store, visitor, desk, held, returns, deskOf } = await accepted();
    expect(await store.routing.release(goes(held))).toEqual({ is: 'not_away' });
    await store.visit.drop(visitor);
    const now = await returns(visitor, 1);
    expect(await store.routing.release(goes(held))).toEqual({ is: 'not_away' });
    await store.conversation.keyOffer({ ...held, epoch: 1, keyOffer: 'offer.1' });
    await store.conversation.keySeal({ ...now, epoch: 1, sealed: sealedKey(1) });
    await store.visit.drop(now);
    expect(await store.routing.release(goes(held))).toEqual({ is: 'not_away' });
    expect(await deskOf(desk)).toMatchObject({ held: [{ stage: 'opening', peer: 'away' }] });
  });

  test('[R12 Q6] of whom no sign came for so long that she was told rings nowhere, though its socket seems open, until one comes', async () => {
    const { store, visitor, held, sits, wait, rings, stateOf } = await accepted();
    const colleague = await sits(2);
    const told = await wait(50_000, { visitors: [visitor] });
    expect(heard(told, 'peer:silent')).toMatchObject([{ to: 'desk', hint: { visitId: visitor.visitId } }]);
    expect(await store.routing.release(goes(held))).toMatchObject({ is: 'released' });
    expect(await rings()).toEqual([]);
    expect(await stateOf(visitor)).toMatchObject({ stage: 'waiting', away: 'dropped' });
    await wait(1_000);
    expect(await rings()).toMatchObject([{ account: colleague.account }]);
  });

  test('[Q6] whose page said goodbye rings nowhere, whyever she lets go of it, until it is back', async () => {
    const { store, visitor, held, sits, returns, rings } = await accepted();
    const colleague = await sits(2);
    await store.visit.unload({ visitId: visitor.visitId, token: tokenName(1, 0) });
    expect(await store.routing.release({ ...held, why: 'unkept' })).toMatchObject({ is: 'released' });
    expect(await rings()).toEqual([]);
    await returns(visitor, 1);
    expect(await rings()).toMatchObject([{ account: colleague.account }]);
  });

  test('[R12] a conversation is not put back: who is away from it is kept its place', async () => {
    const { store, joins, sits, talks, wait, deskOf } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    const held = await talks(visitor, desk);
    await store.visit.drop(visitor);
    await wait(10_000);
    expect(await store.routing.release(goes(held))).toEqual({ is: 'not_away' });
    expect(await deskOf(desk)).toMatchObject({ held: [{ stage: 'talking', peer: 'away' }] });
  });

  test('[R12 Q12] to go as soon as one is accepted, again and again, holds nobody up: the second time others come first', async () => {
    const { store, visitor, held, returns, joins, sits, rings, accepts, wait, stateOf } = await accepted();
    await wait(1_000);
    const pupil = await joins(2);
    await store.visit.drop(visitor);
    await store.routing.release(goes(held));
    const once = await returns(visitor, 1);
    const colleague = await sits(2);
    const ring = (await rings()).find(({ account }) => account === colleague.account)!;
    const { visit } = (await accepts(colleague, ring.offerNo)) as { visit: HeldVisit };
    expect(visit.visitId).toBe(visitor.visitId);
    const again = { ...colleague, visitId: visit.visitId, hold: visit.hold };
    await store.visit.drop(once);
    await store.routing.release(goes(again));
    expect(await stateOf(await returns(once, 2))).toMatchObject({ ahead: 1, passed: true });
    expect(await stateOf(pupil)).toMatchObject({ ahead: 0 });
  });

  test('[D36 D18] before the first word, too, she is told that the visitor is away, and that it is back', async () => {
    const { store, visitor, desk, wait, deskOf } = await accepted();
    await store.visit.drop(visitor);
    const told = await wait(10_000);
    expect(heard(told, 'peer:silent')).toMatchObject([{ to: 'desk', hint: { visitId: visitor.visitId } }]);
    expect(await deskOf(desk)).toMatchObject({ held: [{ stage: 'opening', peer: 'away' }] });
    const back = await store.visit.reissue({ visitId: visitor.visitId, next: tokenName(1, 1) });
    expect('hints' in back && heard(back.hints, 'peer:back')).toMatchObject([{ to: 'desk' }]);
    expect(await deskOf(desk)).toMatchObject({ held: [{ peer: 'here' }] });
  });
}
