import { expect, test } from 'vitest';
import { type MakeStore, sceneOf } from '../scene.ts';
import { accountName, requestName } from '../world.ts';

const health = { roles: ['pupil'], topics: ['health'], langs: ['nl'] } as const;

/** For whom a counsellor is rung by her own choice. */
export function servingContract(make: MakeStore): void {
  test('[R13] a choice counts from the next offer on: what rings goes on ringing, and whom she has she keeps', async () => {
    const { store, joins, sits, rings, talks, deskOf } = await sceneOf(make);
    const desk = await sits(1, { slots: 3 });
    await sits(2, { slots: 1, serves: { roles: ['pupil'], topics: ['wellbeing'], langs: ['nl'] } });
    const held = await joins(1, { topic: 'health' });
    await talks(held, desk);
    await joins(2, { topic: 'health' });
    await rings();
    const parents = { roles: ['parent'], topics: ['health'], langs: ['nl'] } as const;
    const set = await store.presence.serves({ ...desk, serves: parents, requestId: requestName(1) });
    expect(set).toMatchObject({ is: 'set', freed: true, hints: [] });
    expect(await deskOf(desk)).toMatchObject({ serves: parents, held: [{ visitId: held.visitId }], rings: [{}] });
    await joins(3, { topic: 'wellbeing' });
    expect(await rings(), 'one that she did not choose').toMatchObject([{ account: accountName(2) }]);
    await joins(4, { topic: 'wellbeing' });
    expect(await rings(), 'who chose it is busy, and at work').toEqual([]);
    await joins(5, { role: 'parent', topic: 'health' });
    expect(await rings()).toMatchObject([{ account: desk.account }]);
    await store.presence.serves({ ...desk, serves: null, requestId: requestName(2) });
    expect(await deskOf(desk)).toMatchObject({ serves: null });
  });

  test('[R13] she is offered who waits already as soon as she chooses them', async () => {
    const { store, joins, sits, rings } = await sceneOf(make);
    const full = await sits(1, { serves: health });
    const desk = await sits(2, { serves: { ...health, topics: ['learning'] } });
    await joins(1, { topic: 'health' });
    await joins(2, { topic: 'health' });
    expect(await rings()).toMatchObject([{ account: full.account }]);
    expect(await store.presence.serves({ ...desk, serves: health, requestId: requestName(1) })).toMatchObject({
      freed: true,
    });
    expect(await rings()).toMatchObject([{ account: desk.account }]);
  });

  test('[R9 R13 V7] a choice outlives a bad network, an older press, and her going home when no other is wished', async () => {
    const { store, sits, seatInput, deskOf } = await sceneOf(make);
    const other = { ...health, langs: ['nl', 'fr'] } as const;
    const desk = await sits(1);
    const press = { ...desk, serves: other, requestId: requestName(1) };
    await store.presence.serves(press);
    await store.presence.serves({ ...desk, serves: health, requestId: requestName(2) });
    await store.presence.serves(press);
    expect(await deskOf(desk), 'the older press came again').toMatchObject({ serves: health });
    const back = await sits(1, { serves: other });
    expect(await deskOf(back), 'no wish counts at a desk that is there').toMatchObject({ serves: health });
    await store.presence.leave(back);
    const { serves: _serves, ...wish } = seatInput(1);
    const entered = await store.presence.enter(wish);
    expect(entered).toMatchObject({ is: 'entered', desk: { serves: health } });
    const again = { account: wish.account, seat: entered.is === 'entered' ? entered.seat : 0 };
    await store.presence.leave(again);
    expect(await deskOf(await sits(1, { serves: null })), 'what she wishes').toMatchObject({ serves: null });
    expect((await store.presence.serves({ ...again, serves: health, requestId: requestName(3) })).is).toBe('replaced');
  });

  test('[R13 Q13] the next one is who waits longest of whom she chose, and where none of the first stands there, who waits longest', async () => {
    const { store, joins, sits } = await sceneOf(make, { rules: { routing: 'picked' }, limits: { nextLooksMax: 3 } });
    const desk = await sits(1, { slots: 3, serves: health });
    const visits: string[] = [];
    for (const [n, topic] of (['learning', 'learning', 'health', 'learning', 'learning', 'health'] as const).entries())
      visits.push((await joins(n + 1, { topic })).visitId);
    const next = async (press: number) => {
      const taken = await store.routing.take({ ...desk, ticket: 'next', requestId: requestName(press) });
      return taken.is === 'taken_over' ? visits.indexOf(taken.visit.visitId) + 1 : taken.is;
    };
    expect(await next(1)).toBe(3);
    expect(await next(2), 'the sixth stands too far behind').toBe(1);
    expect(await next(3), 'and still does').toBe(2);
  });

  test('[R13 Q5] the next one is who waits longest where all of them waited for three minutes', async () => {
    const { store, joins, sits, wait } = await sceneOf(make, { rules: { routing: 'picked' } });
    const desk = await sits(1, { serves: health });
    const first = await joins(1, { topic: 'learning' });
    await joins(2);
    await wait(179_000);
    await joins(3);
    await wait(1_000);
    expect(await store.routing.take({ ...desk, ticket: 'next', requestId: requestName(1) })).toMatchObject({
      visit: { visitId: first.visitId },
    });
  });
}
