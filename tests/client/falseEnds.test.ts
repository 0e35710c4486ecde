import { expect, test, vi } from 'vitest';
import { idle } from '../support/idle.ts';
import { JOIN, newTab } from '../support/pages.ts';
import { asks, createPair, createScene, loses } from '../support/realScene.ts';

test('[E25 V11] a page that lay behind another window and was connected all the time was not away for long', async () => {
  const { visitor, desk, time } = await createPair({ first: 'mijn vraag' });
  await time.advance(3_000);
  visitor.visible = false;
  for (let minute = 0; minute < 12; minute += 1) {
    desk.talk.talk.send(`nog ${minute}`);
    await time.advance(60_000);
  }
  expect(visitor.visitor.connection.value).toEqual({ is: 'online' });
  visitor.control.cut(); // for three seconds
  await desk.talk.end('done');
  await time.advance(3_000);
  visitor.control.mend();
  await time.advance(3_000);
  expect(visitor.visitor.view.value).toMatchObject({ is: 'ended', reason: 'while_away' });
});

test('[V9 E25] who joined and then had no connection until its visit was over reads no apology', async () => {
  const scene = await createScene();
  await scene.deskPage(await scene.computer());
  const page = scene.visitorPage(newTab());
  void page.visitor.join({ ...JOIN });
  await vi.waitFor(() => page.control, { interval: 0 });
  page.control.fate = loses(asks('visit:state'));
  await scene.time.advance(1_000);
  expect(scene.live.visits.size).toBe(1);
  page.control.cut();
  await scene.time.advance(5 * 60_000);
  expect(scene.live.visits.size).toBe(0);
  page.control.mend();
  await scene.time.advance(5_000);
  const view = page.visitor.view.value;
  expect(view).toMatchObject({ is: 'ended' });
  expect(view).not.toMatchObject({ reason: 'lost' });
});

test('[E23] what was being written in the line is not put back after the end', async () => {
  const { visitor, desk } = await createPair();
  await desk.talk.end('done');
  await idle();
  expect(visitor.visitor.view.value.is).toBe('ended');
  visitor.visitor.writeFirst('mijn papa slaat mij'); // as waiting/First.tsx does when it is taken off the screen
  expect(visitor.visitor.first.value).toBe('');
});
