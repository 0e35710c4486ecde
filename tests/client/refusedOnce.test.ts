import { expect, test } from 'vitest';
import { JOIN, newTab } from '../support/pages.ts';
import { asks, createScene, loses, takes } from '../support/realScene.ts';

const YEARS = 20 * 365 * 86_400_000;

test('[K8 E53 Q7] a refusal of a key that was lost on its way is said again: the visit waits for nobody in vain', async () => {
  const scene = await createScene();
  const { time } = scene;
  const page = scene.visitorPage(newTab());
  await page.visitor.join(JOIN);
  page.skewMs = YEARS;
  let lost = 0;
  const refuses = asks('key:refuse');
  page.control.fate = loses((packet) => refuses(packet) && (lost += 1) === 1);
  const samira = await scene.deskPage(await scene.computer());
  await takes(samira);
  await time.advance(5_000);
  expect(lost).toBe(1);
  await time.advance(30_000);
  const { front, unanswered } = scene.theVisit();
  expect({ front, unanswered }).toEqual({ front: 'refused', unanswered: false });
  page.skewMs = 0; // the phone's clock is right again
  expect((await samira.desk.take('next')).ok).toBe(true);
  await time.advance(5_000);
  expect(page.visitor.view.value.is).toBe('talking');
});
