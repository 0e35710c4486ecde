import type { Talk } from '@clbchat/shared/client/views';
import { expect, test, vi } from 'vitest';
import { states } from '../support/pages.ts';
import { asks, createPair, loses } from '../support/realScene.ts';

const BEFORE = ['van voor de herlaadbeurt read', 'en dit kwam aan sent', 'dit nog niet pending'];

/** Everything that stands there from the first moment on, once per text and state. */
function watch(talk: Talk): Set<string> {
  const seen = new Set<string>();
  talk.items.subscribe(() => states(talk).forEach((one) => seen.add(one)));
  return seen;
}

type Pair = Awaited<ReturnType<typeof createPair>>;

/** One text is read, one has arrived, one is on its way; then the other side is gone. */
async function threeTexts({ time }: Pair, mine: Talk, theirs: Talk, gone: () => void) {
  mine.send('van voor de herlaadbeurt');
  await time.advance(2_000);
  theirs.markRead();
  await time.advance(2_000);
  mine.send('en dit kwam aan');
  await time.advance(2_000);
  gone();
  mine.send('dit nog niet');
  await time.advance(1_000);
  expect(states(mine)).toEqual(BEFORE);
}

test('[W103 E21 E29] a page loaded again shows at once how far each text had come, also when the other side says nothing', async () => {
  const pair = await createPair();
  const { visitor, desk, tab, visitorPage, time } = pair;
  await threeTexts(pair, visitor.visitor.talk, desk.talk.talk, () => desk.kill());
  visitor.kill();

  const again = visitorPage(tab);
  const seen = watch(again.visitor.talk);
  void again.visitor.resume();
  await time.advance(4_000);
  expect([...seen].toSorted()).toEqual(BEFORE.toSorted());
});

test('[W103 E21 E29] … and so does a console', async () => {
  const pair = await createPair();
  const { visitor, desk, samira, deskPage, time } = pair;
  await threeTexts(pair, desk.talk.talk, visitor.visitor.talk, () => visitor.kill());
  desk.kill();

  const again = await deskPage(samira, { enter: false });
  void again.desk.enter();
  await vi.waitFor(() => expect(again.desk.talks.value).toHaveLength(1), { interval: 0 });
  const seen = watch(again.talk.talk);
  await time.advance(4_000);
  expect([...seen].toSorted()).toEqual(BEFORE.toSorted());
});

test('[W103 E21] what the store has and nobody acknowledged is no less unsent after a reload', async () => {
  const { visitor, desk, tab, visitorPage, time } = await createPair();
  desk.control.fate = loses(asks('talk:passing'));
  visitor.visitor.talk.send('ligt in de opslag');
  await time.advance(3_000);
  expect(states(visitor.visitor.talk)).toEqual(['ligt in de opslag pending']);
  visitor.kill();
  const again = visitorPage(tab);
  const seen = watch(again.visitor.talk);
  void again.visitor.resume();
  await time.advance(4_000);
  expect([...seen]).toEqual(['ligt in de opslag pending']);
  desk.control.fate = () => 'now';
  await time.advance(10_000);
  expect(states(again.visitor.talk)).toEqual(['ligt in de opslag sent']);
});
