import { expect, test } from 'vitest';
import { type Held, type MakeStore, sceneOf, sealedKey, type Visitor } from '../scene.ts';
import { requestName } from '../world.ts';

/** Openings that end without a key that works: who misses two in a row holds nobody up [Q12]. */
export function missedContract(make: MakeStore): void {
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

  /** She is answered with something that looks like a key, and cannot open it. */
  const unopened = async (scene: Awaited<ReturnType<typeof sceneOf>>, desk: Held, who: Visitor, epoch: number) => {
    const held = await scene.opens(desk);
    expect(held.visitId).toBe(who.visitId);
    await scene.store.conversation.keyOffer({ ...held, epoch, keyOffer: 'offer' });
    await scene.store.conversation.keySeal({ ...who, epoch, sealed: sealedKey(epoch) });
    await scene.wait(90_000);
  };

  test('[Q12 Q3] one missed opening costs nothing, and a conversation between two makes them two times one', async () => {
    const scene = await sceneOf(make);
    const { store, joins, sits, opens, keyed, wait, stateOf } = scene;
    const visitor = await joins(1);
    await wait(1_000);
    await joins(2);
    const desk = (await sits(1)) as Held;
    await misses(scene, desk, 1);
    await store.queue.here(visitor);
    expect(await stateOf(visitor)).toMatchObject({ ahead: 0, front: 'unanswered' });
    const held = await opens(desk);
    await keyed(visitor, held, 2);
    await store.routing.release({ ...held, why: 'unkept' });
    await store.presence.status({ ...desk, status: 'paused', requestId: requestName(1) });
    const colleague = (await sits(2)) as Held;
    await unopened(scene, colleague, visitor, 3);
    const state = await stateOf(visitor);
    expect(state).toMatchObject({ ahead: 0, front: 'unopened' });
    expect(state).not.toHaveProperty('passed');
  });

  test('[Q12] noise for a key is no key: after the second opening who stands behind is next', async () => {
    const scene = await sceneOf(make);
    const { joins, sits, wait, stateOf, talks } = scene;
    const ghost = await joins(1);
    await wait(1_000);
    const pupil = await joins(2);
    await unopened(scene, (await sits(1)) as Held, ghost, 1);
    expect(await stateOf(ghost)).toMatchObject({ ahead: 0, front: 'unopened' });
    const second = (await sits(2)) as Held;
    await scene.store.presence.status({ ...(await sits(1)), status: 'paused', requestId: requestName(2) });
    await unopened(scene, second, ghost, 2);
    expect(await stateOf(ghost)).toMatchObject({ ahead: 1, front: 'unopened', passed: true });
    await talks(pupil, second);
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
}
