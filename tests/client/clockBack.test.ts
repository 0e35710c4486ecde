import { expect, test } from 'vitest';
import { states } from '../support/pages.ts';
import { createPair } from '../support/realScene.ts';

const MINUTE = 60_000;

test('[E21] a phone whose clock is put back ten minutes still tells what has come and been read', async () => {
  const { visitor, desk, time } = await createPair();
  desk.talk.talk.send('dag Noor');
  await time.advance(5_000);
  expect(states(desk.talk.talk)).toEqual(['dag Noor sent']);
  visitor.skewMs = -10 * MINUTE;
  desk.talk.talk.send('alles goed?');
  await time.advance(2 * MINUTE);
  expect(states(desk.talk.talk)).toEqual(['dag Noor sent', 'alles goed? sent']);
});

test('[E39] and that its owner is writing', async () => {
  const { visitor, desk, time } = await createPair();
  await time.advance(5_000);
  visitor.visitor.talk.typed();
  await time.advance(20_000);
  expect(desk.talk.talk.peerTyping.value).toBe(false);
  visitor.skewMs = -10 * MINUTE;
  visitor.visitor.talk.typed();
  await time.advance(1_000);
  expect(desk.talk.talk.peerTyping.value).toBe(true);
});
