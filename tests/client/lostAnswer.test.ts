import { expect, test } from 'vitest';
import { lines, states } from '../support/pages.ts';
import { answers, createPair, loses } from '../support/realScene.ts';

/** The answer to an append was lost, the other browser's tick came, then a replica took over that lacks the frame. */
test('[E47 E48 C1] a text that was ticked off is given back to a store that says that it is not there', async () => {
  const { visitor, desk, tab, visitorPage, theVisit, time } = await createPair();
  desk.talk.talk.send('een');
  await time.advance(3_000);
  const before = structuredClone(theVisit()); // what the replica has
  desk.control.fate = loses((packet) => answers('talk:append')(packet) || answers('talk:since')(packet));
  desk.talk.talk.send('twee');
  await time.advance(3_000);
  expect(lines(visitor.visitor.talk)).toContain('them: twee');
  expect(states(desk.talk.talk)).toContain('twee sent');
  const { conn, tok, tokPrev } = theVisit();
  Object.assign(theVisit(), before, { conn, tok, tokPrev });
  visitor.kill(); // it reloads in the same moment
  desk.control.fate = () => 'now';
  desk.talk.talk.send('drie'); // `out_of_order`: the store lacks what came before
  await time.advance(20_000);
  const again = visitorPage(tab);
  await again.visitor.resume();
  await time.advance(30_000);
  expect(lines(again.visitor.talk)).toContain('them: drie');
  expect(lines(again.visitor.talk).filter((line) => line === 'them: twee')).toHaveLength(1);
});
