import { expect, test } from 'vitest';
import { memoryStore } from '@clbchat/server/store.memory';
import { sceneOf } from './scene.ts';

const MIN = 60_000;

test('[Q8 Q9] who owed an answer all that time did not wait in the line: five of them close no help line', async () => {
  const scene = await sceneOf(async (needs) => memoryStore(needs), { rules: { wrapUp: false } });
  const { store, sits, joins, joinInput, opens, keyed, wait } = scene;
  const lien = await sits(1);
  const done = (held: Awaited<ReturnType<typeof opens>>) =>
    store.visit.end({ by: 'desk', ...held, reason: 'counsellor_ended' });

  // one attacker with six visits: none of the last five answers the question that goes with its key offer
  const ghosts = [];
  for (let number = 1; number <= 6; number += 1) ghosts.push(await joins(number));
  const [first, ...others] = ghosts;
  const held = await opens(lien);
  await keyed(first!, held);
  await done(held);
  for (const _ of others) {
    const asked = await opens(lien);
    await store.conversation.keyOffer({ ...asked, epoch: 1, keyOffer: 'offer.1' });
    await wait(91_000);
  }
  // and they answer one after the other, 46 minutes apart, while Lien sits idle
  for (const ghost of others) {
    await wait(46 * MIN);
    await store.queue.here(ghost);
    const again = await opens(lien);
    await keyed(ghost, again, 2);
    await done(again);
  }

  // a pupil talks with Lien; the next one is told that the line is full, although nobody waits
  const talking = await joins(50);
  await keyed(talking, await opens(lien));
  expect((await store.queue.facts()).waiting).toBe(0);
  expect((await store.queue.join(joinInput(51))).is).toBe('joined');
});
