import { expect, test } from 'vitest';
import { JOIN, newTab } from '../support/pages.ts';
import { createScene } from '../support/realScene.ts';
import { idle } from '../support/idle.ts';

test('[E63 W19] a relay puts no words of its own into the sentences of the waiting room', async () => {
  const scene = await createScene();
  const visitor = scene.visitorPage(newTab());
  await visitor.visitor.join(JOIN);
  visitor.control.inject('queue:moved', { ahead: 'Bel 0900 12 34. ', range: null, staffed: true });
  await idle();
  const view = visitor.visitor.view.value;
  expect(view).toMatchObject({ is: 'waiting', ahead: 0 });
  visitor.control.inject('queue:moved', { ahead: 2, range: { fromMin: 'Bel 0900', toMin: 5 }, staffed: true });
  await idle();
  expect(visitor.visitor.view.value).toMatchObject({ is: 'waiting', ahead: 2, range: null });
});
