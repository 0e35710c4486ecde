import type { Since } from '@clbchat/shared/protocol/visitor';
import { expect, test, vi } from 'vitest';
import { lines, states } from '../support/pages.ts';
import { forgeAnswer } from '../evil-relay/lies.ts';
import { createPair } from '../support/realScene.ts';

const MINUTE = 60_000;

test('[E74 E31] what went for its age is told as that and is no gap, and what comes after it is ticked off', async () => {
  const { visitor, desk, tab, visitorPage, time } = await createPair();
  desk.talk.talk.send('van lang geleden');
  for (let said = 0; said < 7; said += 1) {
    await time.advance(20 * MINUTE);
    desk.talk.talk.send(`na ${said}`);
  }
  await time.advance(5_000);
  visitor.kill();
  const again = visitorPage(tab);
  await again.visitor.resume();
  await time.advance(20_000);
  const read = lines(again.visitor.talk);
  expect(read.filter((line) => line === '[trimmed]')).toHaveLength(1);
  expect(read).not.toContain('[gap]');
  expect(read).not.toContain('them: van lang geleden');
  expect(read).toContain('them: na 6');
  desk.talk.talk.send('en nu');
  await time.advance(5_000);
  expect(states(desk.talk.talk).at(-1)).toBe('en nu sent');
});

test('[E74 E31] a service that says so of a young conversation has withheld it', async () => {
  const { visitor, desk, tab, visitorPage, time } = await createPair();
  for (const text of ['een', 'twee', 'drie']) desk.talk.talk.send(text);
  await time.advance(5_000);
  visitor.kill();
  const again = visitorPage(tab);
  void again.visitor.resume();
  // before its first packet is delivered
  await vi.waitFor(() => again.control, { interval: 0 });
  forgeAnswer<Since>(again, 'talk:since', (since) =>
    'frames' in since && since.frames.length > 3
      ? { ...since, from: 4, frames: since.frames.filter(({ seq }) => seq >= 4) }
      : since,
  );
  await time.advance(20_000);
  expect(lines(again.visitor.talk)).toContain('[gap]');
  expect(lines(again.visitor.talk)).not.toContain('[trimmed]');
});
