import { expect, test, vi } from 'vitest';
import { lines } from '../support/pages.ts';
import { answers, asks, createPair, loses } from '../support/realScene.ts';
import type { LinkControl } from '../support/scriptedLink.ts';

const TOLD = ['them: een', 'them: twee', 'me: nog niet weg'];
const texts = (all: string[]) => all.filter((line) => /^(me|them):/.test(line));

/** The first answer to a reading of the store is lost, and everything after it comes at once. */
function losesFirstReading(): LinkControl['fate'] {
  let first = true;
  return (packet) => {
    if (!answers('talk:since')(packet) || !first) return 'now';
    first = false;
    return 'lost';
  };
}

test('[E71 E29 C1] what waited and has left is on its writer’s screen, also when the first reading of the store after a reload had no answer', async () => {
  const { visitor, desk, tab, visitorPage, time } = await createPair();
  desk.talk.talk.send('een');
  desk.talk.talk.send('twee');
  await time.advance(3_000);
  visitor.control.fate = loses(asks('talk:append'));
  visitor.visitor.talk.send('nog niet weg');
  await time.advance(1_000);
  expect(texts(lines(visitor.visitor.talk))).toEqual(TOLD);
  visitor.kill();

  const again = visitorPage(tab);
  void again.visitor.resume();
  await vi.waitFor(() => again.control, { interval: 0 });
  again.control.fate = losesFirstReading();
  await time.advance(60_000);
  expect(texts(lines(again.visitor.talk))).toEqual(TOLD);
});

test('[E71 E29 C1] … and on a console', async () => {
  const { visitor, desk, samira, deskPage, time } = await createPair();
  visitor.visitor.talk.send('een');
  visitor.visitor.talk.send('twee');
  await time.advance(3_000);
  desk.control.fate = loses(asks('talk:append'));
  desk.talk.talk.send('nog niet weg');
  await time.advance(1_000);
  desk.kill();
  const again = await deskPage(samira, { enter: false });
  void again.desk.enter();
  await vi.waitFor(() => again.control, { interval: 0 });
  again.control.fate = losesFirstReading();
  await time.advance(60_000);
  expect(texts(lines(again.talk.talk))).toEqual(TOLD);
});
