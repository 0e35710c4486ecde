import { expect, test } from 'vitest';
import { type MakeStore, sceneOf } from '../scene.ts';
import { requestName } from '../world.ts';

/** Who is taken from the queue without having rung. */
export function takingContract(make: MakeStore): void {
  test('[R1 R2 V7 V8] taking from the queue: present, free, once for each press', async () => {
    const { store, joins, sits, ringsAt, clock } = await sceneOf(make);
    const take = (
      desk: { account: Awaited<ReturnType<typeof sits>>['account']; seat: number },
      ticket: number | 'next',
      press = 1,
    ) => store.routing.take({ ...desk, ticket, requestId: requestName(press) });
    const desk = await sits(1);
    expect(await take(desk, 'next')).toEqual({ is: 'nobody_waiting' });
    expect(await take(desk, 1_000_000)).toEqual({ is: 'taken' });
    const [first, second] = [await joins(1), await joins(2)];
    expect(await take(desk, 9)).toEqual({ is: 'taken' });
    expect(await take({ ...desk, seat: 0 }, 'next')).toEqual({ is: 'replaced' });
    expect(await take(desk, second.ticket, 2)).toMatchObject({
      is: 'taken_over',
      visit: { visitId: second.visitId, hold: 1 },
    });
    expect(await take(desk, second.ticket, 2)).toMatchObject({ is: 'taken_over', visit: { visitId: second.visitId } });
    expect(await take(desk, first.ticket, 3)).toEqual({ is: 'no_slot' });
    const paused = await sits(2, { status: 'paused' });
    expect(await take(paused, 'next', 4)).toEqual({ is: 'not_available' });
    const expired = await sits(3, { certExpMs: clock.nowMs() + 1 });
    clock.advance(1);
    expect(await take(expired, 'next', 5)).toEqual({ is: 'no_cert' });
    const last = await sits(4);
    await ringsAt(last);
    const third = await joins(3);
    expect(await take(last, third.ticket, 6), 'somebody else rings in her only slot').toEqual({ is: 'no_slot' });
  });

  test.each(['by its ticket', 'as the next one'])(
    '[R1 R2 V7] taking whom rings here answers the ring: %s',
    async (how) => {
      const { store, joins, sits, ringsAt, accepts, deskOf } = await sceneOf(make);
      const visitor = await joins(1);
      const desk = await sits(1);
      const offerNo = await ringsAt(desk);
      const ticket = how === 'as the next one' ? 'next' : visitor.ticket;
      const take = () => store.routing.take({ ...desk, ticket, requestId: requestName(1) });
      const taken = { is: 'taken_over', visit: { visitId: visitor.visitId, hold: 1 } };
      expect(await take()).toMatchObject(taken);
      expect(await take()).toMatchObject(taken);
      expect(await accepts(desk, offerNo), 'and both presses are one').toMatchObject({
        is: 'accepted',
        visit: { hold: 1 },
      });
      expect(await deskOf(desk)).toMatchObject({ rings: [], held: [{ visitId: visitor.visitId }] });
    },
  );

  test('[R1] the next one is who began to ring first, also when another had come before', async () => {
    const { store, joins, sits, rings, ringsAt, wait } = await sceneOf(make);
    await joins(1);
    const desk = await sits(1, { slots: 2 });
    await store.routing.decline({ ...desk, offerNo: await ringsAt(desk) });
    const late = await joins(2);
    await ringsAt(desk);
    await wait(15_000);
    expect(await rings(), 'the first one rings again').toHaveLength(1);
    const taken = await store.routing.take({ ...desk, ticket: 'next', requestId: requestName(4) });
    expect(taken).toMatchObject({ is: 'taken_over', visit: { visitId: late.visitId } });
  });

  test('[R1] a ring that she declined is not accepted by taking the same visit from the queue', async () => {
    const { store, joins, sits, ringsAt, accepts } = await sceneOf(make);
    await joins(1);
    const desk = await sits(1);
    const offerNo = await ringsAt(desk);
    await store.routing.decline({ ...desk, offerNo });
    expect((await store.routing.take({ ...desk, ticket: 'next', requestId: requestName(2) })).is).toBe('taken_over');
    expect(await accepts(desk, offerNo)).toEqual({ is: 'gone' });
  });
}
