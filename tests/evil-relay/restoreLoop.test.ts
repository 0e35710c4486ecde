import { expect, test } from 'vitest';
import { forgeAcks } from './lies.ts';
import { idle } from '../support/idle.ts';
import { createPair } from '../support/realScene.ts';

test('[E47] a store that goes on saying "out of order" is given everything back twice at most', async () => {
  const { visitor, time } = await createPair();
  for (let n = 0; n < 12; n += 1) {
    visitor.visitor.talk.send(`zin ${n}`);
    await idle();
  }
  await time.advance(2_000);
  let restores = 0;
  let odd = false;
  forgeAcks(visitor, (event, ack) => {
    if (event === 'talk:since')
      return {
        ok: true,
        value: restores === 0 ? { diverged: true, last: 0 } : { frames: [], from: 1, last: 0, more: false },
      };
    if (event !== 'talk:restore') return ack;
    restores += 1;
    if (restores > 500) return { ok: false, code: 'unavailable' };
    odd = !odd;
    return odd ? { ok: true, value: { seqs: [] } } : { ok: false, code: 'out_of_order' };
  });
  await time.advance(20_000);
  expect(restores).toBeGreaterThan(0);
  expect(restores).toBeLessThan(12);
});
