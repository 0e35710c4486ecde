import { expect, test } from 'vitest';
import { JOIN, newTab } from '../support/pages.ts';
import { createScene } from '../support/realScene.ts';

test('[N28] of a class of thirty behind one address, past the number, everybody joins, one a second', async () => {
  const { time, live, service, visitorPage } = await createScene({ limits: { newVisitsPerTagMax: 2 } });
  const began = time.clock.nowMs();
  const pages = Array.from({ length: 32 }, () => visitorPage(newTab()));
  const joined = await time.until(Promise.all(pages.map(({ visitor }) => visitor.join(JOIN))));
  expect(joined).toEqual(pages.map(() => ({ ok: true, value: null })));
  expect(live.visits.size).toBe(32);
  expect(time.clock.nowMs() - began).toBeGreaterThanOrEqual(30 * service.limits.newVisitsSlowedMs);
});

test('[N28] pages that were closed while they waited leave their turns to whoever is there', async () => {
  const { time, live, visitorPage } = await createScene({ limits: { newVisitsPerTagMax: 2 } });
  const gone = Array.from({ length: 40 }, () => visitorPage(newTab()));
  for (const { visitor } of gone) void visitor.join(JOIN);
  await time.advance(1_500);
  const pupil = visitorPage(newTab());
  const joining = pupil.visitor.join(JOIN);
  await time.advance(500);
  for (const page of gone) page.kill();
  await time.advance(2_500);
  expect(await Promise.race([joining, Promise.resolve('still waits')])).toEqual({ ok: true, value: null });
  expect(live.visits.size).toBeLessThan(8);
});
