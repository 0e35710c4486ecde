import type { VisitState } from '@clbchat/shared/protocol/visitor';
import { expect, test } from 'vitest';
import { forgeAnswer } from './lies.ts';
import { createPair } from '../support/realScene.ts';

test('[E66 E71] what a relay calls the life of its store takes up no room on the device', async () => {
  const { visitor, tab, time } = await createPair();
  forgeAnswer<VisitState>(visitor, 'visit:state', (state) => ({ ...state, life: 'x'.repeat(6_000_000) }));
  await time.advance(20_000);
  expect(JSON.stringify(tab.kept).length).toBeLessThan(20_000);
});
