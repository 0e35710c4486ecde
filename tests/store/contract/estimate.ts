import { expect, test } from 'vitest';
import { type MakeStore, sceneOf } from '../scene.ts';

const MIN = 60_000;
const LATER = { is: 'open', closesInMs: null } as const;

/** What the wait is told from, and who is refused for it: rules Q10 to Q9. */
export function estimateContract(make: MakeStore): void {
  /** One conversation an hour, because one visitor an hour comes: each is accepted at once and talks for 20 min. */
  async function quietCentre() {
    const scene = await sceneOf(make, { rules: { wrapUp: false } });
    const lien = await scene.sits(1);
    for (let number = 1; number <= 6; number += 1) {
      const held = await scene.talks(await scene.joins(number), lien);
      await scene.wait(20 * MIN);
      await scene.store.visit.end({ by: 'desk', ...held, reason: 'counsellor_ended' });
      await scene.wait(40 * MIN);
    }
    return { ...scene, lien };
  }

  test('[Q8 Q9] a quiet centre with an idle counsellor takes the next visitor: it learnt nothing of waiting', async () => {
    const { store, joinInput } = await quietCentre();
    expect(await store.queue.facts()).toMatchObject({ waiting: 0, staffed: true, handouts: [], turnsNow: 0 });
    expect((await store.queue.join(joinInput(7))).is).toBe('joined');
  });

  /** Each visitor comes while the one before still waits, so that every hand-out but the first ends a sample. */
  async function busyCentre(talkMs: number) {
    const scene = await sceneOf(make, { rules: { wrapUp: false, fullEstimateMs: 45 * MIN } });
    const lien = await scene.sits(1);
    let next = await scene.joins(1);
    for (let number = 2; number <= 8; number += 1) {
      const held = await scene.opens(lien);
      const visitor = next;
      next = await scene.joins(number);
      await scene.keyed(visitor, held);
      await scene.wait(talkMs);
      await scene.store.visit.end({ by: 'desk', ...held, reason: 'counsellor_ended' });
    }
    return { ...scene, lien, next };
  }

  test('[Q8] while somebody waited all the time, what passed between hand-outs is a sample', async () => {
    const { store, next } = await busyCentre(10 * MIN);
    const { handouts, places } = await store.queue.facts();
    expect(handouts.map(({ fromMs, toMs }) => toMs - fromMs)).toEqual(Array.from({ length: 6 }, () => 10 * MIN));
    expect(places).toMatchObject([{ visitId: next.visitId, turns: 0 }]);
  });

  test('[Q8] a visit that was handed out again ends no sample, and the next one counts from it', async () => {
    const { store, lien, next, opens, keyed, joins, sits, wait, clock, rings, accepts } = await busyCentre(10 * MIN);
    const held = await opens(lien);
    await keyed(next, held);
    const before = (await store.queue.facts()).handouts.length;
    const other = await joins(30);
    await store.presence.signOut(lien); // the visit goes to the front
    await wait(5 * MIN);
    const samira = await sits(2, { slots: 2 });
    const numbers = (await rings()).map(({ offerNo }) => offerNo);
    expect(numbers).toHaveLength(2);
    const [first, second] = [await accepts(samira, numbers[0]!), await accepts(samira, numbers[1]!)];
    if (first.is !== 'accepted' || second.is !== 'accepted') throw new Error('not accepted');
    await keyed(next, { ...samira, visitId: next.visitId, hold: first.visit.hold }, first.visit.epochNext);
    const again = clock.nowMs();
    await wait(1 * MIN);
    await keyed(other, { ...samira, visitId: other.visitId, hold: second.visit.hold });
    const { handouts } = await store.queue.facts();
    expect(handouts).toHaveLength(before + 1);
    expect(handouts.at(-1)).toEqual({ fromMs: again, toMs: clock.nowMs() });
  });

  test('[Q10 Q9] full is who would wait too long, and never who somebody is free for', async () => {
    const { store, joinInput, opens, lien, sits, clock } = await busyCentre(29 * MIN);
    const door = { ...LATER, openedMs: 0 };
    const held = await opens(lien);
    const soon = { ...door, closesInMs: 20 * MIN };
    expect((await store.queue.join(joinInput(20, { door: soon }))).is, 'one hand-out is 29 min').toBe('full');
    expect((await store.queue.join(joinInput(20, { door }))).is).toBe('joined');
    expect((await store.queue.join(joinInput(21, { door }))).is, 'two are 58').toBe('full');
    const anew = { ...door, openedMs: clock.nowMs() };
    expect((await store.queue.join(joinInput(23, { door: anew }))).is, 'of this stretch nobody knows').toBe('joined');
    await store.visit.end({ by: 'desk', ...held, reason: 'counsellor_ended' });
    await sits(2);
    await sits(3);
    expect(await store.queue.facts()).toMatchObject({ places: [{ turns: 0 }, { turns: 0 }], turnsNow: 0 });
    expect(
      (await store.queue.join(joinInput(24, { door: { ...door, closesInMs: 1 } }))).is,
      'three free, two wait',
    ).toBe('joined');
    expect(await store.queue.facts()).toMatchObject({ turnsNow: 1 });
  });

  test('[Q10] who is away holds up nobody, and who rings neither', async () => {
    const { store, joins, sits, rings, wait } = await sceneOf(make);
    await sits(1);
    const first = await joins(1);
    await joins(2);
    await store.visit.drop(first);
    await wait(10_000);
    expect((await rings()).length, 'the second one rings').toBe(1);
    await joins(3);
    expect((await store.queue.facts()).places).toMatchObject([
      { ahead: 0, turns: 1 },
      { ahead: 1, turns: 0 },
      { ahead: 2, turns: 1 },
    ]);
  });

  test('[H4] after the last entry nobody joins while somebody rings, and who is away is no queue', async () => {
    const { store, joins, joinInput, sits, rings, wait } = await sceneOf(make);
    const closing = { is: 'closing', closesInMs: 600_000, openedMs: 0 } as const;
    const first = await joins(1, { door: closing });
    await sits(1);
    await sits(2);
    await rings();
    expect(await store.queue.join(joinInput(2, { door: closing }))).toEqual({ is: 'closing' });
    await store.visit.drop(first);
    await wait(10_000);
    expect((await store.queue.join(joinInput(2, { door: closing }))).is).toBe('joined');
  });
}
