import type { Since } from '@clbchat/shared/protocol/visitor';
import { expect, test } from 'vitest';
import { forgeAnswer } from '../evil-relay/lies.ts';
import { lines, states } from '../support/pages.ts';
import { createPair } from '../support/realScene.ts';

const MINUTE = 60_000;

/** The console has been here all along, and read everything a minute ago: nothing that came since can be two hours old. */
test('[E31 E74 E21] in a conversation of two hours a message withheld just now is a gap and gets no tick', async () => {
  const { visitor, desk, theVisit, time } = await createPair();
  for (let said = 0; said < 7; said += 1) {
    visitor.visitor.talk.send(`stuk ${said}`);
    await time.advance(20 * MINUTE);
  }
  expect(states(visitor.visitor.talk).at(-1)).toBe('stuk 6 sent');
  const secret = theVisit().seq + 1;
  desk.control.fate = ({ event, body }) =>
    event === 'talk:frame' && (body as { seq: number }).seq === secret ? 'lost' : 'now';
  forgeAnswer<Since>(desk, 'talk:since', (since) =>
    'frames' in since && since.last > secret
      ? { ...since, from: Math.max(since.from, secret + 1), frames: since.frames.filter(({ seq }) => seq > secret) }
      : 'frames' in since
        ? { ...since, last: secret - 1, frames: since.frames.filter(({ seq }) => seq < secret) }
        : since,
  );
  visitor.visitor.talk.send('ik heb hulp nodig');
  await time.advance(3_000);
  visitor.visitor.talk.send('hoor je mij?');
  await time.advance(20_000);
  expect(lines(desk.talk.talk)).toContain('them: hoor je mij?');
  expect(lines(desk.talk.talk).join()).not.toContain('ik heb hulp nodig');
  expect.soft(lines(desk.talk.talk)).toContain('[gap]');
  expect.soft(lines(desk.talk.talk)).not.toContain('[trimmed]');
  expect.soft(states(visitor.visitor.talk)).toContain('ik heb hulp nodig pending');
});
