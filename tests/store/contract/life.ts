import type { LiveStore } from '@clbchat/server/store.memory';
import { expect, test } from 'vitest';
import { heard, type Held, type MakeStore, sceneOf, type Visitor } from '../scene.ts';
import { accountName, deviceName, requestName, tokenName, visitName } from '../world.ts';

interface Ending {
  visitor: Visitor;
  held: Held;
  wait: (ms: number) => Promise<unknown>;
}

/** Whose memory it is, who may still act after it was lost, and what an entrance does not change. */
export function lifeContract(make: MakeStore): void {
  const left = { by: 'visitor', reason: 'visitor_left' } as const;

  test('[L2 V4] the proof of a visit that ended joins no more, for as long as a visit may last', async () => {
    const { store, joins, joinInput, wait, needs } = await sceneOf(make);
    const visitor = await joins(1);
    await store.visit.end({ by: 'visitor', ...visitor, reason: 'visitor_left' });
    expect(await store.queue.join(joinInput(1))).toEqual({ is: 'token_used' });
    await wait(2_000);
    expect(await store.queue.join(joinInput(1))).toEqual({ is: 'token_used' });
    await joins(2);
    await wait(needs.limits.visitMs);
    expect(await store.queue.join(joinInput(1))).toMatchObject({ is: 'joined' });
  });

  test('[V9] states and refusals name one life, that of this memory', async () => {
    const { store, joins, joinInput, sits, deskOf, stateOf, talks, writes } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    const held = await talks(visitor, desk);
    const { life } = await deskOf(desk);
    expect(life).toMatch(/^[\w-]{20,40}$/);
    expect(await stateOf(visitor)).toMatchObject({ life });
    expect(await store.queue.join(joinInput(2))).toMatchObject({ is: 'joined', life });
    const again = await store.visit.reissue({ visitId: visitor.visitId, next: tokenName(1, 1) });
    expect(again).toMatchObject({ is: 'attached', state: { life } });

    await store.visit.end({ by: 'desk', ...held, reason: 'counsellor_ended' });
    const lost = { is: 'lost', life };
    const { visitId } = visitor;
    expect(await store.visit.state(visitor)).toEqual(lost);
    expect(await store.queue.here(visitor)).toEqual(lost);
    expect(await writes(visitor, 1)).toEqual(lost);
    expect(await store.conversation.since({ side: 'c', ...held, seq: 0 })).toEqual(lost);
    expect(await store.visit.attach({ visitId, token: tokenName(1, 1), next: tokenName(1, 2) })).toEqual(lost);
    expect(await store.visit.reissue({ visitId, next: tokenName(1, 2) })).toEqual(lost);
    expect(await store.visit.unload({ visitId, token: tokenName(1, 1) })).toEqual(lost);
  });

  test('[V10] a desk that nobody knows is lost, whatever is asked of it; one with a newer console is replaced', async () => {
    const { store, sits } = await sceneOf(make);
    const known = await sits(1);
    const asks = (seat: typeof known) => {
      const [requestId, on] = [requestName(1), { ...seat, visitId: visitName(1), hold: 1 }];
      return [
        store.presence.desk(seat),
        store.presence.status({ ...seat, status: 'paused', requestId }),
        store.presence.slots({ ...seat, slots: 1, requestId }),
        store.presence.leave(seat),
        store.presence.signOut(seat),
        store.routing.accept({ ...seat, offerNo: 1, requestId }),
        store.routing.decline({ ...seat, offerNo: 1 }),
        store.routing.take({ ...seat, ticket: 'next', requestId }),
        store.conversation.keyOffer({ ...on, epoch: 1, keyOffer: 'offer.1' }),
        store.conversation.since({ side: 'c', ...on, seq: 0 }),
        store.visit.end({ by: 'desk', ...on, reason: 'counsellor_ended' }),
      ];
    };
    const words = async (seat: typeof known) => (await Promise.all(asks(seat))).map(({ is }) => is);
    expect(new Set(await words({ ...known, account: accountName(9) }))).toEqual(new Set(['lost']));
    await sits(1);
    expect(new Set(await words(known))).toEqual(new Set(['replaced']));
  });

  test('[V5 R6] after the store lost everything no socket and no console of before fits again', async () => {
    const before = await sceneOf(make);
    const [visitor, desk] = [await before.joins(1), await before.sits(1)];
    const after = await sceneOf(make);
    after.clock.advance(before.clock.nowMs() - after.clock.nowMs() + 1_000);
    expect(await after.stateOf(visitor)).toBe('lost');
    expect(await after.store.presence.desk(desk)).toMatchObject({ is: 'lost' });
    // another device of hers sits down first, and the visitor's own page joins again with the same proof
    const now = await after.sits(1, { dev: deviceName(9) });
    const again = await after.joins(1);
    expect(await after.store.presence.desk(desk)).toEqual({ is: 'replaced' });
    expect(await after.stateOf(visitor)).toBe('replaced');
    expect(await after.store.visit.drop(visitor)).toEqual({ is: 'stale' });
    expect(await after.deskOf(now)).toMatchObject({ status: 'available' });
    expect(await after.stateOf(again)).toMatchObject({ stage: 'waiting' });
  });

  test('[L4] a CONNECT that was late in the network displaces no newer one, by token or by proof', async () => {
    const { store, joins, stateOf } = await sceneOf(make);
    const visitor = await joins(1);
    const { visitId } = visitor;
    const [t0, t1, t2, t3] = [0, 1, 2, 3].map((number) => tokenName(1, number));
    // attempt A stalls; the page gives it up and makes B with the same tokens; the bytes of A come afterwards
    const attempt = { visitId, token: t0!, next: t1! };
    const b = await store.visit.attach(attempt);
    if (b.is !== 'attached') throw new Error(b.is);
    expect(await store.visit.attach(attempt)).toEqual({ is: 'token_used' });
    expect(await stateOf({ ...visitor, conn: b.conn })).toMatchObject({ stage: 'waiting' });
    // B's answer never came, and the service believes in its socket: the page comes by the proof
    const c = await store.visit.reissue({ visitId, next: t2! });
    expect(c).toMatchObject({ is: 'attached', conn: b.conn + 1 });
    expect(await store.visit.reissue({ visitId, next: t2! }), 'late').toEqual({ is: 'token_used' });
    const d = await store.visit.attach({ visitId, token: t2!, next: t3! });
    expect(await store.visit.reissue({ visitId, next: t2! }), 'later still').toEqual({ is: 'token_used' });
    if (d.is !== 'attached') throw new Error(d.is);
    expect(await stateOf({ ...visitor, conn: d.conn })).toMatchObject({ stage: 'waiting' });
  });

  test('[L4] a join that was late in the network displaces nobody who came by a token since', async () => {
    const { store, joins, joinInput, stateOf } = await sceneOf(make);
    const visitor = await joins(1);
    const { visitId } = visitor;
    const now = await store.visit.attach({ visitId, token: tokenName(1, 0), next: tokenName(1, 1) });
    expect(await store.queue.join(joinInput(1))).toEqual({ is: 'token_used' });
    expect(await stateOf({ ...visitor, conn: now.is === 'attached' ? now.conn : 0 })).toMatchObject({
      stage: 'waiting',
    });
  });

  test('[L4] the same CONNECT again lets in once nobody is there any more', async () => {
    const { store, joins } = await sceneOf(make);
    const { visitId } = await joins(1);
    const attempt = { visitId, token: tokenName(1, 0), next: tokenName(1, 1) };
    for (const again of [1, 2, 3]) {
      const answer = await store.visit.attach(attempt);
      expect(answer, `${again}`).toMatchObject({ is: 'attached' });
      if (answer.is === 'attached') await store.visit.drop({ visitId, conn: answer.conn });
    }
    expect(await store.visit.reissue({ visitId, next: tokenName(1, 1) })).toMatchObject({ is: 'attached' });
  });

  test.each([
    ['the visitor', (store, { visitor }) => store.visit.end({ ...left, ...visitor })],
    ['the desk', (store, { held }) => store.visit.end({ by: 'desk', ...held, reason: 'counsellor_ended' })],
    ['time', (_store, { wait }) => wait(30 * 60_000)],
  ] satisfies [string, (store: LiveStore, of: Ending) => Promise<unknown>][])(
    '[L2] no token and no proof takes up what %s ended',
    async (_by, ends) => {
      const { store, joins, sits, talks, wait } = await sceneOf(make);
      const visitor = await joins(1);
      const held = await talks(visitor, await sits(1));
      await ends(store, { visitor, held, wait });
      const { visitId } = visitor;
      const next = tokenName(1, 1);
      expect(await store.visit.attach({ visitId, token: tokenName(1, 0), next })).toMatchObject({ is: 'lost' });
      expect(await store.visit.reissue({ visitId, next })).toMatchObject({ is: 'lost' });
      expect(await store.visit.attach({ visitId, token: next, next: tokenName(1, 2) })).toMatchObject({ is: 'lost' });
    },
  );

  test('[V10 V8] an end or a goodbye with a token that was used up says so', async () => {
    const { store, joins } = await sceneOf(make);
    const { visitId } = await joins(1);
    await store.visit.reissue({ visitId, next: tokenName(1, 1) });
    const token = tokenName(1, 0);
    expect(await store.visit.end({ by: 'token', visitId, token, reason: 'quick_exit' })).toEqual({ is: 'token_used' });
    expect(await store.visit.unload({ visitId, token })).toEqual({ is: 'token_used' });
  });

  test.each(['paused', 'wrap-up'] as const)(
    '[R9] who is %s stays so, and keeps her number, however long her network was away',
    async (status) => {
      const { store, sits, wait, deskOf } = await sceneOf(make);
      const desk = await sits(1, { status, slots: 2 });
      for (const awayMs of [1_000, 50_000, 70_000, 600_000]) {
        await wait(awayMs, { desks: [desk] });
        const back = await sits(1, { status: 'available', slots: 3 });
        expect(await deskOf(back), `${awayMs} ms`).toMatchObject({ status, slots: 2 });
        await store.presence.beat([back]);
      }
    },
  );

  test('[R9 R7] who was available while she was released is available when she is back, by a sign of life alone', async () => {
    const { store, joins, sits, talks, wait, deskOf, rings } = await sceneOf(make, { rules: { wrapUp: false } });
    const desk = await sits(1, { slots: 2 });
    const visitor = await joins(1);
    await talks(visitor, desk);
    const hints = await wait(61_000, { desks: [desk] });
    expect(heard(hints, 'visit:stage').filter(({ to }) => to === 'desk')).toMatchObject([
      { hint: { stage: 'waiting' } },
    ]);
    expect(await rings(), 'nobody rings where nobody answers').toEqual([]);
    expect((await store.queue.facts()).staffed).toBe(false);
    await store.presence.beat([desk]);
    expect(await deskOf(desk)).toMatchObject({ status: 'available', held: [] });
    expect(await rings()).toMatchObject([{ account: desk.account }]);
  });

  test('[R9] who did not answer and was set to "even weg" stays so after a gap of the network', async () => {
    const { joins, sits, rings, wait, deskOf } = await sceneOf(make);
    const lien = await sits(1);
    await joins(1);
    for (let miss = 0; miss < 2; miss += 1) {
      expect(await rings()).toHaveLength(1);
      await wait(31_000);
      await wait(60_000);
    }
    expect(await deskOf(lien)).toMatchObject({ status: 'paused' });
    await wait(50_000, { desks: [lien] });
    const again = await sits(1, { status: 'available' });
    expect(await deskOf(again)).toMatchObject({ status: 'paused' });
  });

  test('[R9 S8] a wish counts at a desk that is new, or was left; without a number it has the one of the centre', async () => {
    const { store, sits, seatInput, deskOf } = await sceneOf(make, { rules: { slotsDefault: 2 } });
    const { slots: _slots, ...wish } = seatInput(1, { status: 'wrap-up' });
    const entered = await store.presence.enter(wish);
    expect(entered).toMatchObject({ is: 'entered', desk: { status: 'wrap-up', slots: 2 } });
    const desk = { account: wish.account, seat: entered.is === 'entered' ? entered.seat : 0 };
    await store.presence.leave(desk);
    const back = await sits(1, { status: 'available', slots: 3 });
    expect(await deskOf(back)).toMatchObject({ status: 'available', slots: 3 });
    await store.presence.signOut(back);
    expect(await deskOf(await sits(1, { status: 'paused', slots: 1 }))).toMatchObject({ status: 'paused', slots: 1 });
  });

  test('[N20] signs of life are answered with who of them is at a desk', async () => {
    const { store, joins, sits, talks } = await sceneOf(make);
    const [first, second] = [await joins(1), await joins(2)];
    const fences = [first, second].map(({ visitId, conn }) => ({ visitId, conn }));
    expect(await store.visit.seen(fences)).toEqual({ atDesk: [] });
    await talks(first, await sits(1));
    expect(await store.visit.seen(fences)).toEqual({ atDesk: [fences[0]] });
    expect(await store.visit.seen([{ ...fences[0]!, conn: first.conn - 1 }]), 'an older socket').toEqual({
      atDesk: [],
    });
    await store.visit.end({ ...left, ...first });
    expect(await store.visit.seen(fences)).toEqual({ atDesk: [] });
  });
}
