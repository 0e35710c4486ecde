import { expect, test } from 'vitest';
import { idle } from '../support/idle.ts';
import { lines } from '../support/pages.ts';
import { createPair, isHint, loses, type Scene } from '../support/realScene.ts';

const talked = async () => {
  const pair = await createPair({ first: 'mijn vraag' });
  await pair.time.advance(3_000);
  return pair;
};
const minutes = ({ time }: Pick<Scene, 'time'>, count: number) => time.advance(count * 60_000);

test('[E25 E23 W26] the counsellor ends while the phone sleeps: at its return it reads an end, and no text', async () => {
  const { visitor, desk, tab, time } = await talked();
  visitor.control.cut();
  await desk.talk.end('done');
  visitor.control.mend();
  await time.advance(3_000);
  const { view, talk } = visitor.visitor;
  expect(view.value).toMatchObject({ is: 'ended', talked: true });
  expect(view.value).not.toMatchObject({ reason: 'lost' });
  expect(lines(talk)).toEqual([]);
  expect(tab.kept).toBeNull();
});

test('[E25 W26] who was away for longer than it is kept reads that, and no apology', async () => {
  const scene = await talked();
  scene.visitor.kill();
  await minutes(scene, 11);
  const again = scene.visitorPage(scene.tab);
  await again.visitor.resume();
  await scene.time.advance(3_000);
  expect(again.visitor.view.value).toMatchObject({ is: 'ended' });
  expect(again.visitor.view.value).not.toMatchObject({ reason: 'lost' });
  expect(lines(again.visitor.talk)).toEqual([]);
  expect(scene.tab.kept).toBeNull();
});

test('[E23] the visitor leaves while the console is without network: at its return nothing of the text is left there', async () => {
  const { visitor, desk, samira, time } = await talked();
  desk.control.cut();
  await visitor.visitor.end();
  desk.control.mend();
  await time.advance(3_000);
  expect(desk.talk.stage.value).toMatchObject({ is: 'ended' });
  expect(desk.talk.stage.value).not.toMatchObject({ reason: 'lost' });
  expect(lines(desk.talk.talk)).toEqual([]);
  expect(samira.rows).toEqual([]);
});

test('[V2 E23] an ending whose every hint is lost is the same ending within 15 s', async () => {
  const { visitor, desk, time } = await talked();
  for (const { control } of [visitor, desk]) control.fate = loses(isHint);
  await desk.talk.end('done');
  await time.advance(15_000);
  expect(visitor.visitor.view.value).toMatchObject({ is: 'ended', talked: true });
  expect(visitor.visitor.view.value).not.toMatchObject({ reason: 'lost' });
  expect(lines(visitor.visitor.talk)).toEqual([]);
});

test('[E75 E23] who stops the chat while there is no connection has stopped it when the connection is back', async () => {
  const { visitor, desk, live, time } = await talked();
  visitor.control.cut();
  void visitor.visitor.end();
  await idle();
  expect(visitor.visitor.view.value).toMatchObject({ is: 'ended', reason: 'visitor_left' });
  visitor.control.mend();
  await time.advance(20_000);
  expect(live.visits.size).toBe(0);
  expect(desk.talk.stage.value).toEqual({ is: 'ended', reason: 'visitor_left' });
});
