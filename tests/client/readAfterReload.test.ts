import type { Desk, DeskTalk, Talk } from '@clbchat/shared/client/views';
import { expect, test, vi } from 'vitest';
import { idle } from '../support/idle.ts';
import { states } from '../support/pages.ts';
import { asks, createPair, loses } from '../support/realScene.ts';

type Pair = Awaited<ReturnType<typeof createPair>>;

/** Everything that this number is from now on, once each. */
function watch(counter: Talk['unread']): number[] {
  const seen: number[] = [];
  counter.subscribe((now) => void seen.push(now));
  return seen;
}

/** The console is loaded again. @returns its conversation, with all that its counters have been since it was there */
async function reload({ desk, samira, deskPage, time }: Pair, away: () => Promise<void> = () => Promise.resolve()) {
  desk.kill();
  await away();
  const again = await deskPage(samira, { enter: false });
  void again.desk.enter();
  await vi.waitFor(() => expect(again.desk.talks.value).toHaveLength(1), { interval: 0 });
  const counted = { unread: watch(again.talk.talk.unread), news: watch(again.talk.news) };
  await time.advance(4_000);
  return { again, counted };
}
const counts = ({ talk, news }: DeskTalk) => ({ unread: talk.unread.value, news: news.value });
const first = ({ talks }: Desk) => talks.value[0]!;

/** Two texts that she reads, as her page tells the pupil's. */
async function twoRead({ visitor, desk, time }: Pair) {
  for (const text of ['een', 'twee']) visitor.visitor.talk.send(text);
  await time.advance(2_000);
  expect(counts(first(desk.desk))).toEqual({ unread: 2, news: 2 });
  desk.talk.talk.markRead();
  await time.advance(2_000);
  expect(states(visitor.visitor.talk)).toEqual(['een read', 'twee read']);
}

test('[D44] what she has read is read after a reload of the console, from the first moment on, and no news', async () => {
  const pair = await createPair();
  await twoRead(pair);
  const { counted } = await reload(pair);
  expect(counted).toEqual({ unread: [0], news: [0] });
});

test('[D44] … what came while she was away is unread, and news once', async () => {
  const pair = await createPair();
  await twoRead(pair);
  const { again, counted } = await reload(pair, async () => {
    pair.visitor.visitor.talk.send('drie');
    await idle();
  });
  expect(counted).toEqual({ unread: [0, 1], news: [0, 1] });
  const next = await reload({ ...pair, desk: again });
  expect(next.counted).toEqual({ unread: [0, 1], news: [0] });
});

test('[D44] … and what had come and she did not read is unread, and no news', async () => {
  const pair = await createPair();
  await twoRead(pair);
  pair.visitor.visitor.talk.send('drie');
  await pair.time.advance(2_000);
  const { again, counted } = await reload(pair);
  expect(counted).toEqual({ unread: [0, 1], news: [0] });
  pair.visitor.visitor.talk.send('vier');
  await pair.time.advance(2_000);
  expect(counts(again.talk)).toEqual({ unread: 2, news: 1 });
});

test('[D44] of each page of the visitor, also where there were more of them than one mark tells', async () => {
  const pair = await createPair();
  let page = pair.visitor;
  for (let pages = 1; pages <= 10; pages += 1) {
    page.visitor.talk.send(`van bladzijde ${pages}`);
    await pair.time.advance(2_000);
    pair.desk.talk.talk.markRead();
    await pair.time.advance(2_000);
    page.kill();
    page = pair.visitorPage(pair.tab);
    void page.visitor.resume();
    await pair.time.advance(4_000);
  }
  const { again, counted } = await reload(pair);
  expect(again.talk.talk.items.value.filter(({ is, from }) => is === 'text' && from === 'them')).toHaveLength(10);
  expect(counted).toEqual({ unread: [0], news: [0] });
});

test('[D44 E21] a mark that was lost is said again by the page that comes after', async () => {
  const pair = await createPair();
  const { visitor, desk, time } = pair;
  visitor.visitor.talk.send('een');
  await time.advance(2_000);
  expect(states(visitor.visitor.talk)).toEqual(['een sent']);
  desk.control.fate = loses(asks('talk:passing'));
  desk.talk.talk.markRead();
  await time.advance(2_000);
  expect(states(visitor.visitor.talk)).toEqual(['een sent']);
  desk.control.fate = () => 'now';
  const { counted } = await reload(pair);
  expect(counted.unread).toEqual([0]);
  expect(states(visitor.visitor.talk)).toEqual(['een read']);
});

test('[D44] what the visitor has read is read after a reload of the chat; what came meanwhile is not', async () => {
  const { visitor, desk, tab, visitorPage, time } = await createPair();
  desk.talk.talk.send('dag');
  await time.advance(2_000);
  visitor.visitor.talk.markRead();
  await time.advance(2_000);
  expect(states(desk.talk.talk)).toEqual(['dag read']);
  visitor.kill();
  desk.talk.talk.send('ben je er nog?');
  await idle();
  const again = visitorPage(tab);
  const unread = watch(again.visitor.talk.unread);
  void again.visitor.resume();
  await time.advance(4_000);
  expect(unread).toEqual([0, 1]);
});
