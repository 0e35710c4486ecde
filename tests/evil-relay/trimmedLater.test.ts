import { agreed } from '@clbchat/shared/agreed';
import type { Since } from '@clbchat/shared/protocol/visitor';
import { expect, test } from 'vitest';
import { forgeAnswer, isFrame, tellTheTruth } from './lies.ts';
import { lines, states } from '../support/pages.ts';
import { createPair, loses } from '../support/realScene.ts';

const MINUTE = 60_000;

test('[E74 E31 E21] in an old conversation too, a word of this minute that the relay withholds is a gap and gets no tick', async () => {
  const { visitor, desk, theVisit, time } = await createPair();
  // two hours in which both sides talk and this page reads everything
  for (let passed = 0; passed <= agreed.frameMs; passed += 20 * MINUTE) {
    desk.talk.talk.send(`na ${passed / MINUTE} minuten`);
    await time.advance(20 * MINUTE);
  }
  expect(lines(visitor.visitor.talk)).not.toContain('[gap]');

  // the relay withholds one sentence, and says that what came before the next one has gone with its age
  visitor.control.fate = loses(isFrame);
  desk.talk.talk.send('ga NIET alleen naar huis');
  await time.advance(1_000);
  const withheld = theVisit().seq;
  desk.talk.talk.send('tot morgen');
  await time.advance(1_000);
  forgeAnswer<Since>(visitor, 'talk:since', (since) =>
    'frames' in since
      ? { ...since, from: withheld + 1, frames: since.frames.filter(({ seq }) => seq > withheld) }
      : since,
  );
  await time.advance(20_000);
  tellTheTruth(visitor);

  expect.soft(lines(visitor.visitor.talk).slice(-2)).toEqual(['[gap]', 'them: tot morgen']);
  expect(states(desk.talk.talk).slice(-2)).toEqual(['ga NIET alleen naar huis pending', 'tot morgen pending']);
});
