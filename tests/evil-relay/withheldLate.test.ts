import { agreed } from '@clbchat/shared/agreed';
import type { Since } from '@clbchat/shared/protocol/visitor';
import { describe, expect, test, vi } from 'vitest';
import { forgeAnswer, isFrame, tellTheTruth } from './lies.ts';
import { lines, states } from '../support/pages.ts';
import { createPair, loses } from '../support/realScene.ts';

const MINUTE = 60_000;
const LAST = ['ga NIET alleen naar huis', 'tot morgen'] as const;

/** Two hours in which everything that is said is read, and in which the first words have gone with their age. */
async function anOldTalk() {
  const pair = await createPair();
  const { visitor, desk, time } = pair;
  for (let passed = 0; passed <= agreed.frameMs; passed += 20 * MINUTE) {
    desk.talk.talk.send(`van Samira na ${passed / MINUTE} minuten`);
    visitor.visitor.talk.send(`van Noor na ${passed / MINUTE} minuten`);
    await time.advance(20 * MINUTE);
  }
  return pair;
}
type Old = Awaited<ReturnType<typeof anOldTalk>>;
type Liar = Old['visitor'] | Old['desk'];

/** The relay says that everything before the last frame has gone with its age. */
function withholdsAllBut(liar: Liar, last: number) {
  forgeAnswer<Since>(liar, 'talk:since', (since) =>
    'frames' in since ? { ...since, from: last, frames: since.frames.filter(({ seq }) => seq >= last) } : since,
  );
}

describe.each(['the visitor', 'the counsellor'])('[E74 E31 E21] in a conversation of two hours, to %s', (whom) => {
  const toVisitor = whom === 'the visitor';

  test('a word of this minute that the relay withholds is a gap and gets no tick', async () => {
    const { visitor, desk, theVisit, time } = await anOldTalk();
    const [liar, from, to] = toVisitor
      ? [visitor, desk.talk.talk, visitor.visitor.talk]
      : [desk, visitor.visitor.talk, desk.talk.talk];
    liar.control.fate = loses(isFrame);
    for (const text of LAST) {
      from.send(text);
      await time.advance(1_000);
    }
    withholdsAllBut(liar, theVisit().seq);
    await time.advance(20_000);
    tellTheTruth(liar);
    expect.soft(lines(to).slice(-2)).toEqual(['[gap]', 'them: tot morgen']);
    expect(states(from).slice(-2)).toEqual(LAST.map((text) => `${text} pending`));
  });

  test('and so is one that came while the page was loaded again', async () => {
    const pair = await anOldTalk();
    const { visitor, desk, theVisit, time, tab, samira } = pair;
    const from = toVisitor ? desk.talk.talk : visitor.visitor.talk;
    (toVisitor ? visitor : desk).kill();
    for (const text of LAST) {
      from.send(text);
      await time.advance(1_000);
    }
    const again = toVisitor ? pair.visitorPage(tab) : await pair.deskPage(samira, { enter: false });
    void ('visitor' in again ? again.visitor.resume() : again.desk.enter());
    // before its first packet is delivered
    await vi.waitFor(() => again.control, { interval: 0 });
    withholdsAllBut(again, theVisit().seq);
    await time.advance(20_000);
    tellTheTruth(again);
    const to = 'visitor' in again ? again.visitor.talk : again.talk.talk;
    expect.soft(lines(to)).toContain('[gap]');
    expect(lines(to)).toContain('them: tot morgen');
    expect(states(from).slice(-2)).toEqual(LAST.map((text) => `${text} pending`));
  });
});
