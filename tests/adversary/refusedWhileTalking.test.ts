import type { VisitState } from '@clbchat/shared/protocol/visitor';
import { expect, test } from 'vitest';
import { forgeAnswer, tellTheTruth } from '../evil-relay/lies.ts';
import { createPair, takes } from '../support/realScene.ts';

test('[E53] one that is refused while they talk: the visitor waits at the front and reads why, until one is believed', async () => {
  const { desk, deskPage, samira, time, visitor } = await createPair();
  const { view } = visitor.visitor;
  forgeAnswer<VisitState>(visitor, 'visit:state', (state) =>
    state.keyOffer ? { ...state, keyOffer: state.keyOffer.replace(/^1\.B/, '1.A') } : state,
  );
  // her computer has lost its keys: a new epoch
  desk.kill();
  samira.rows = [];
  const again = await deskPage(samira);
  await time.advance(3_000);
  const told = view.value;
  tellTheTruth(visitor);
  await time.advance(61_000);
  await takes(again);
  await time.advance(5_000);
  expect(told).toMatchObject({ is: 'waiting', trust: 'chain' });
  expect(view.value.is).toBe('talking');
});
