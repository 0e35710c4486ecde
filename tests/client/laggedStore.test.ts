import type { Since } from '@clbchat/shared/protocol/visitor';
import { expect, test } from 'vitest';
import { forgeAnswer, isFrame, tellTheTruth } from '../evil-relay/lies.ts';
import { JOIN, lines, newTab } from '../support/pages.ts';
import { asks, createPair, createScene, loses, takes } from '../support/realScene.ts';

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

test('[E76] an epoch whose confirmation is nowhere leads to a new one, asked for at most every 5 s', async () => {
  const { visitorPage, deskPage, computer, theVisit, time } = await createScene();
  const page = visitorPage(newTab());
  await page.visitor.join(JOIN);
  const { visitor, control } = page;
  const asked: number[] = [];
  control.fate = loses((packet) => {
    if (asks('key:ask')(packet)) asked.push(time.clock.nowMs());
    return isFrame(packet);
  });
  forgeAnswer<Since>(page, 'talk:since', (since) => ({ ...since, frames: [], more: false }));
  const desk = await deskPage(await computer());
  await takes(desk);
  await time.advance(20_000);
  expect(asked.length).toBeGreaterThan(1);
  expect(asked.slice(1).filter((atMs, n) => atMs - (asked[n] ?? 0) < 5_000)).toEqual([]);
  expect(theVisit().epoch).toBeGreaterThan(1);

  control.fate = () => 'now';
  tellTheTruth(page);
  await time.advance(20_000);
  expect(visitor.talk.secure.value).toBe(true);
  expect(desk.talk.talk.secure.value).toBe(true);
});
