import { expect, test } from 'vitest';
import { idle } from '../support/idle.ts';
import { JOIN, lines, newTab, states } from '../support/pages.ts';
import { createPair } from '../support/realScene.ts';

test('[E21] the tick of the last text comes, when the console had no connection for the three seconds in which it was said', async () => {
  const { visitor, desk, time } = await createPair();
  await time.advance(30_000);
  desk.talk.talk.send('tot morgen');
  await idle();
  expect(lines(visitor.visitor.talk)).toContain('them: tot morgen');
  desk.control.cut();
  // meanwhile the pupil looks at another app and back, and back again
  for (let looks = 0; looks < 3; looks += 1) {
    visitor.show();
    await time.advance(1_000);
  }
  desk.control.mend();
  await time.advance(120_000);
  expect(states(desk.talk.talk)).toEqual(['tot morgen sent']);
});

test("[E21] and of the pupil's, whose phone had none for three seconds in which others joined the line", async () => {
  const { visitor, desk, visitorPage, time } = await createPair();
  await time.advance(30_000);
  visitor.visitor.talk.send('tot morgen');
  await idle();
  expect(lines(desk.talk.talk)).toContain('them: tot morgen');
  visitor.control.cut();
  for (let others = 0; others < 2; others += 1) {
    await time.advance(1_500);
    void visitorPage(newTab()).visitor.join(JOIN);
    await idle();
  }
  await time.advance(1_500);
  visitor.control.mend();
  await time.advance(120_000);
  expect(states(visitor.visitor.talk)).toEqual(['tot morgen sent']);
});

test('[E39] a sign of writing that the relay says once more to a page that was loaded again is not believed', async () => {
  const { visitor, desk, tab, visitorPage, time } = await createPair();
  await time.advance(5_000);
  desk.talk.talk.typed();
  await idle();
  expect(visitor.visitor.talk.peerTyping.value).toBe(true);
  const sign = visitor.control.heard.filter(({ event }) => event === 'talk:passing').at(-1)!;
  await time.advance(60_000);
  visitor.kill();
  const again = visitorPage(tab);
  await again.visitor.resume();
  await time.advance(20_000);
  expect(again.visitor.view.value.is).toBe('talking');
  again.control.inject('talk:passing', sign.body);
  await idle();
  expect(again.visitor.talk.peerTyping.value).toBe(false);
});
