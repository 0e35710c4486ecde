import { expect, test } from 'vitest';
import { lines } from '../support/pages.ts';
import { createPair } from '../support/realScene.ts';

test('[E76 K4 V5] a replica that took over a second behind, just after a new epoch: the conversation goes on', async () => {
  const { visitor, desk, samira, deskPage, theVisit, time } = await createPair();
  visitor.visitor.talk.send('een');
  await time.advance(3_000);
  expect(lines(desk.talk.talk)).toEqual(['them: een']);
  const before = structuredClone(theVisit()); // what the replica has

  desk.kill();
  samira.rows = [];
  const again = await deskPage(samira);
  await time.advance(5_000);
  expect(again.talk.talk.secure.value).toBe(true);
  expect(theVisit().epoch).toBe(2);
  // the replica is the store now; the fence of the socket as it is
  Object.assign(theVisit(), before, { conn: theVisit().conn });

  visitor.visitor.talk.send('twee');
  again.talk.talk.send('drie');
  await time.advance(40_000);
  expect(lines(again.talk.talk)).toContain('them: twee');
  expect(lines(visitor.visitor.talk)).toContain('them: drie');
});
