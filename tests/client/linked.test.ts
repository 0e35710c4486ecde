import type { Since } from '@clbchat/shared/protocol/visitor';
import { expect, test } from 'vitest';
import { forgeAnswer, isFrame, tellTheTruth } from '../evil-relay/lies.ts';
import { LIEN, lines } from '../support/pages.ts';
import { createPair, goesFor, loses, takes, type VisitorPage } from '../support/realScene.ts';

/** Her confirmation is nowhere for a while: only another epoch helps [E76]. @returns what ends it */
function losesConfirmation(visitor: VisitorPage) {
  visitor.control.fate = loses(isFrame);
  forgeAnswer<Since>(visitor, 'talk:since', (since) =>
    'frames' in since ? { ...since, frames: [], more: false } : since,
  );
  return () => {
    visitor.control.fate = () => 'now';
    tellTheTruth(visitor);
  };
}

test.each(['all', 'none'] as const)(
  '[K6 E76 V11] the second counsellor, whose confirmation got lost: the same visitor is nobody else to her (%s)',
  async (choice) => {
    const pair = await createPair();
    const { visitor, desk, time, theVisit } = pair;
    visitor.visitor.talk.send('tegen Samira');
    await time.advance(3_000);
    await goesFor(desk, pair);
    const lien = await pair.deskPage(await pair.computer(LIEN));
    await takes(lien);
    await time.advance(3_000);
    const stop = losesConfirmation(visitor);
    await visitor.visitor.choose(choice);
    await time.advance(8_000);
    stop();
    await time.advance(30_000);
    expect(theVisit().epoch).toBeGreaterThan(2);
    visitor.visitor.talk.send('tegen Lien');
    await time.advance(5_000);
    expect(lines(lien.talk.talk)).toContain('them: tegen Lien');
    expect(lines(lien.talk.talk)).not.toContain('(unlinked)');
  },
);

test('[K6 E76 V5] a store that went back behind an epoch makes nobody else of the visitor', async () => {
  const { visitor, desk, theVisit, time } = await createPair();
  visitor.visitor.talk.send('een');
  await time.advance(5_000);
  const before = structuredClone(theVisit()); // what the replica has
  // the visitor asks for another epoch, as after too many streams
  Object.assign(theVisit(), { keyWanted: 1, rev: theVisit().rev + 1 });
  desk.show();
  await time.advance(5_000);
  expect(theVisit().epoch).toBe(2);
  expect(visitor.visitor.talk.secure.value).toBe(true);
  visitor.visitor.talk.send('twee');
  await time.advance(3_000);
  expect(lines(desk.talk.talk)).toEqual(['them: een', 'them: twee']);
  // the replica is the store now; the fence of the socket as it is
  Object.assign(theVisit(), before, { conn: theVisit().conn });
  await time.advance(60_000);
  visitor.visitor.talk.send('drie');
  await time.advance(5_000);
  expect(lines(desk.talk.talk)).toContain('them: drie');
  expect(lines(desk.talk.talk)).not.toContain('(unlinked)');
});

test('[K6 E76 V11] the same counsellor, whose next confirmation got lost: the same visitor is nobody else to her', async () => {
  const { visitor, desk, theVisit, time } = await createPair();
  visitor.visitor.talk.send('een');
  await time.advance(5_000);
  expect(lines(desk.talk.talk)).toEqual(['them: een']);
  const stop = losesConfirmation(visitor);
  Object.assign(theVisit(), { keyWanted: 1, rev: theVisit().rev + 1 });
  desk.show();
  await time.advance(8_000);
  stop();
  await time.advance(30_000);
  // the second key came to her, and the third hangs on the first: of the second the visitor never heard again
  expect(theVisit().epoch).toBe(3);
  visitor.visitor.talk.send('twee');
  await time.advance(5_000);
  expect(lines(desk.talk.talk)).toEqual(['them: een', 'them: twee']);
});
