import { expect, test } from 'vitest';
import { pupilIn } from '../support/people.ts';
import { scene } from '../support/scene.ts';

const SENTENCE = 'Chatten lukt hier niet.';
const AWAITED_MS = 10_000;

test(
  '[B33] a browser in which no program begins: after ten seconds a sentence and the numbers, no endless wait',
  scene(async (stage) => {
    const context = await stage.newContext();
    const page = await context.newPage();
    await page.clock.install({ time: 0 });
    await page.clock.pauseAt(1_000);
    await page.route(/\/assets\/index-.*\.js/, (route) => route.abort());
    await page.goto(`${stage.app.origin}/w/demo/`);
    await page.clock.runFor(AWAITED_MS - 1);
    expect(await page.getByText(SENTENCE).isVisible()).toBe(false);
    expect(await page.getByText('Even geduld…').isVisible()).toBe(true);
    await page.clock.runFor(1);
    expect(await page.getByText(SENTENCE).isVisible()).toBe(true);
    expect(await page.getByText('Even geduld…').isVisible()).toBe(false);
    for (const number of ['112', '1813', '102', '1712', '106'])
      expect(await page.locator(`a[href="tel:${number}"]`).isVisible(), number).toBe(true);
  }),
);

test(
  '[B33] where scripts are off it stands there at once',
  scene(async (stage) => {
    const page = await (await stage.newContext({ javaScriptEnabled: false })).newPage();
    await page.goto(`${stage.app.origin}/w/demo/`);
    expect(await page.getByText(SENTENCE).isVisible()).toBe(true);
    expect(await page.locator('a[href="tel:102"]').isVisible()).toBe(true);
  }),
);

test(
  '[B33] where the program runs nobody ever reads it',
  scene(async (stage) => {
    const context = await stage.newContext();
    await context.clock.install();
    const fox = await pupilIn(context, stage.app, 'window');
    await fox.reads('Dag! Fijn dat je er bent.');
    await context.clock.runFor(2 * AWAITED_MS);
    expect(await fox.page.getByText(SENTENCE).count()).toBe(0);
  }),
);
