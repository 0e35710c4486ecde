import { expect, test } from 'vitest';
import { LIEN, lines, states } from '../support/pages.ts';
import { asks, createPair, goesFor, loses, takes } from '../support/realScene.ts';

/**
 * A text was sealed for Samira and never reached the store; it went back to the composer, and the visitor did not send it
 * again. Then the store turns out to be a moment behind (a replica took over).
 */
test('[C5 E47] a text that went back to its writer is not given to the store as if it had been there', async () => {
  const pair = await createPair();
  const { visitor, desk, theVisit, time } = pair;
  visitor.visitor.talk.send('tegen Samira');
  desk.talk.talk.send('van Samira');
  await time.advance(3_000);
  visitor.control.fate = loses(asks('talk:append'));
  visitor.visitor.talk.send('alleen voor Samira');
  await time.advance(1_000);
  expect(states(visitor.visitor.talk)).toContain('alleen voor Samira pending');
  await goesFor(desk, pair);
  visitor.control.fate = () => 'now';

  const lien = await pair.deskPage(await pair.computer(LIEN));
  await takes(lien);
  await visitor.visitor.choose('all');
  await time.advance(5_000);
  expect(visitor.visitor.talk.returned.value).toBe('alleen voor Samira');
  visitor.visitor.talk.clearReturned(); // it stands in the field, and nobody presses send
  expect(lines(lien.talk.talk).join()).not.toContain('alleen voor Samira');

  const before = structuredClone(theVisit()); // what the replica has
  lien.talk.talk.send('Dag Noor');
  visitor.visitor.talk.send('Dag Lien');
  await time.advance(3_000);
  Object.assign(theVisit(), before, { conn: theVisit().conn });
  await time.advance(40_000);
  expect(lines(visitor.visitor.talk)).toContain('them: Dag Noor');
  expect(lines(lien.talk.talk).join()).not.toContain('alleen voor Samira');
});
