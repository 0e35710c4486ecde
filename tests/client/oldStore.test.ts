import { agreed } from '@clbchat/shared/agreed';
import { expect, test } from 'vitest';
import { LIEN, lines } from '../support/pages.ts';
import { asks, createPair, goesFor, takes } from '../support/realScene.ts';

const MINUTE = 60_000;

test('[E74] to a colleague who may read all of a conversation of two hours, what went for its age is no gap', async () => {
  const pair = await createPair();
  const { visitor, desk, time } = pair;
  for (let passed = 0; passed <= agreed.frameMs; passed += 20 * MINUTE) {
    desk.talk.talk.send(`van Samira na ${passed / MINUTE} minuten`);
    visitor.visitor.talk.send(`van Noor na ${passed / MINUTE} minuten`);
    await time.advance(20 * MINUTE);
  }
  await goesFor(desk, pair);
  const lien = await pair.deskPage(await pair.computer(LIEN));
  await takes(lien);
  await time.advance(3_000);
  await visitor.visitor.choose('all');
  await time.advance(5_000);
  expect(lines(lien.talk.talk)).toContain('them: van Noor na 120 minuten');
  expect(lines(lien.talk.talk)).not.toContain('[gap]');
});

test('[E47 C1] after two hours, a store that lost the last word is given that one, and not all that went with its age', async () => {
  const { visitor, desk, time, theVisit } = await createPair();
  for (let n = 0; n < 300; n += 1) {
    visitor.visitor.talk.send(`${n}`);
    if (n % 20 === 19) await time.advance(10_000);
  }
  await time.advance(30_000);
  for (let passed = 0; passed <= agreed.frameMs; passed += 20 * MINUTE) {
    desk.talk.talk.send(`na ${passed / MINUTE} minuten`);
    await time.advance(20 * MINUTE);
  }
  // a replica takes over that has not got the last word of the pupil, and its reader had not heard it
  const visit = theVisit();
  expect(visit.frames.length).toBeLessThan(20);
  desk.control.cut();
  const before = { seq: visit.seq, frames: [...visit.frames], streams: structuredClone(visit.streams) };
  visitor.visitor.talk.send('hij staat aan de deur');
  await time.advance(500);
  expect(theVisit().seq).toBe(before.seq + 1);
  Object.assign(theVisit(), before);
  desk.control.mend();
  visitor.control.asked.length = 0;
  await time.advance(120_000);
  const restores = visitor.control.asked.filter(({ event }) => event === 'talk:restore').length;
  void asks;
  expect.soft(lines(desk.talk.talk)).toContain('them: hij staat aan de deur');
  expect(restores).toBeLessThan(5);
});
