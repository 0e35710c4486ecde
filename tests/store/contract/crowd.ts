import { expect, test } from 'vitest';
import { sceneOf, type MakeStore } from '../scene.ts';
import { visitName } from '../world.ts';

const OPEN = { is: 'open' } as const;

/** Many who wait: what is looked at of them, and how many at once. */
export function crowdContract(make: MakeStore): void {
  test('[Q13 Q2] of a long queue the first places are told, and whoever asks learns its own', async () => {
    const { store, joins, sits, opens } = await sceneOf(make, { limits: { exactPlaces: 3 } });
    for (let number = 1; number <= 6; number += 1) await joins(number);
    await opens(await sits(1, { slots: 1 })); // the first one is at her desk
    const { places, waiting, turnsNow } = await store.queue.facts();
    expect([waiting, turnsNow]).toEqual([5, 6]);
    expect(places.map(({ visitId, ahead, turns }) => [visitId, ahead, turns])).toEqual(
      [2, 3, 4].map((number, ahead) => [visitName(number), ahead, ahead + 1]),
    );
    const asked = await store.queue.places([6, 1, 9, 3].map(visitName)); // one is at a desk, and one nobody knows
    expect(asked).toMatchObject({ staffed: true, handouts: [] });
    expect(asked.places).toMatchObject([
      { visitId: visitName(3), ahead: 1, turns: 2, present: true },
      { visitId: visitName(6), ahead: 4, turns: 5, present: true },
    ]);
  });

  test('[Q13 Q10] who is away stands there too, and is no turn for who asks behind it', async () => {
    const { store, joins, sits, wait } = await sceneOf(make);
    const [away, ...others] = [await joins(1), await joins(2), await joins(3)];
    await store.visit.drop(away);
    await wait(11_000, { visitors: [away] });
    await sits(1, { status: 'paused' });
    const { places } = await store.queue.places([away, ...others].map(({ visitId }) => visitId));
    expect(places.map(({ ahead, turns, present }) => [ahead, turns, present])).toEqual([
      [0, 1, false],
      [1, 1, true],
      [2, 2, true],
    ]);
  });

  test('[Q13 V6] when more run out at once than one look takes, it asks to be repeated, and who was due first goes first', async () => {
    const { store, joins, clock, needs } = await sceneOf(make, { limits: { dueAtOnceMax: 2 } });
    for (let number = 1; number <= 5; number += 1) {
      await joins(number);
      clock.advance(1);
    }
    clock.advance(needs.limits.visitMs);
    const left: number[] = [];
    for (let more = true; more; left.push((await store.queue.facts()).places.length))
      ({ more } = await store.retention.tick({ hours: OPEN }));
    expect(left).toEqual([3, 1, 0]);
  });

  test('[Q13 H1] when the evening is over for many, they are told in parts, first who came first', async () => {
    const { store, joins, clock, needs } = await sceneOf(make, { limits: { dueAtOnceMax: 2 } });
    for (let number = 1; number <= 3; number += 1) await joins(number);
    const hours = { is: 'draining', sinceMs: clock.nowMs() - needs.rules.drainAfterMs } as const;
    expect(await store.retention.tick({ hours })).toMatchObject({ more: true });
    expect((await store.queue.facts()).places).toMatchObject([{ visitId: visitName(3), ahead: 0 }]);
    expect(await store.retention.tick({ hours })).toMatchObject({ more: false });
    expect((await store.queue.facts()).places).toEqual([]);
  });
}
