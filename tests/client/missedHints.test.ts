import { expect, test } from 'vitest';
import { idle } from '../support/idle.ts';
import { JOIN, lines, newTab } from '../support/pages.ts';
import { createScene, isHint, loses } from '../support/realScene.ts';

test('[N72] a page that hears something which says nothing new asks at once: the stage, the keys and what was written are there', async () => {
  const { visitorPage, deskPage, computer, time } = await createScene();
  const visitor = visitorPage(newTab());
  await visitor.visitor.join({ ...JOIN, first: 'mijn vraag' });
  const desk = await deskPage(await computer());
  await time.until(desk.desk.setStatus('available'));
  await time.until(desk.desk.accept(desk.desk.rings.value[0]?.offerNo ?? 0));
  await idle();
  visitor.visitor.talk.send('ik eerst');
  desk.talk.talk.send('en ik');
  await idle();

  // one after the other: whoever writes sees by the answer that something is missing
  for (const { control } of [visitor, desk]) control.fate = loses(isHint);
  visitor.visitor.talk.send('dat hoort niemand');
  await idle();
  expect(lines(desk.talk.talk).join()).not.toContain('dat hoort niemand');
  desk.control.inject('desk:changed', { why: 'status' });
  await idle();
  expect(lines(desk.talk.talk).join()).toContain('dat hoort niemand');

  desk.talk.talk.send('dit ook niet');
  await idle();
  expect(lines(visitor.visitor.talk).join()).not.toContain('dit ook niet');
  visitor.control.inject('key:opened', { epoch: 0 });
  await idle();
  expect(lines(visitor.visitor.talk).join()).toContain('dit ook niet');
});
