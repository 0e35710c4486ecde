import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { scene } from '../support/scene.ts';
import type { Stage } from '../support/stage.ts';

/** The page of opening hours of a coordinator of the demonstration, with hours as a centre has them. */
async function coordinator(stage: Stage, viewport: { width: number; height: number }): Promise<Page> {
  const page = await (await stage.newContext({ viewport, reducedMotion: 'reduce' })).newPage();
  await page.goto(stage.app.console);
  await page.getByRole('button', { name: 'Ga verder als Noor' }).click();
  await page.getByRole('heading', { name: 'Gewone schoolweek' }).waitFor();
  return page;
}
const setText = (page: Page, size: string) =>
  page.evaluate((fontSize) => void (document.documentElement.style.fontSize = fontSize), size);

/** Of each line of what is shown there: whether it stands in the window with nothing over it. */
const inSight = (page: Page, selector: string) =>
  page.evaluate((selector) => {
    const one = document.querySelector(selector);
    if (!one?.checkVisibility()) return [`no ${selector}`];
    const range = document.createRange();
    range.selectNodeContents(one);
    return [...range.getClientRects()].map(({ left, right, top, bottom }) =>
      [top + 2, bottom - 2].every((y) => {
        const at = document.elementFromPoint((left + right) / 2, y);
        return at !== null && (one.contains(at) || at.contains(one));
      })
        ? 'seen'
        : `${Math.round(top)} to ${Math.round(bottom)} is not`,
    );
  }, selector);
const allSeen = expect.toSatisfy((lines: string[]) => lines.length > 0 && lines.every((line) => line === 'seen'));

/** Numbers of what is shown there that are broken over lines. */
const brokenNumbers = (page: Page, selector: string) =>
  page.evaluate((selector) => {
    const text = document.querySelector(selector)!.firstChild as Text;
    const range = document.createRange();
    return [...text.data.matchAll(/[0-9.]+/g)].flatMap(({ 0: number, index }) => {
      range.setStart(text, index);
      range.setEnd(text, index + number.length);
      return range.getClientRects().length === 1 ? [] : [number];
    });
  }, selector);

/** A held key on a slow computer: each press comes before the page was painted for the one before. */
const pressTogether = (page: Page, key: string, presses: number) =>
  page.evaluate(
    async ([key, presses]) => {
      for (let at = 0; at < presses; at += 1) {
        document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        for (let turn = 0; turn < 10; turn += 1) await Promise.resolve(); // it is drawn, and not painted
      }
    },
    [key, presses] as const,
  );

test(
  '[U17 U57] in a low window the time of the block that keys move, and what stands in its way, stay in sight, with its numbers whole',
  scene(
    async (stage) => {
      for (const [width, height, size] of [
        [320, 400, ''],
        [640, 400, '200%'],
        [320, 256, ''],
        [1_280, 800, ''],
      ] as const) {
        const where = `${width} × ${height} ${size}`;
        const page = await coordinator(stage, { width, height });
        await setText(page, size);
        const asGrid = page.getByRole('button', { name: 'Toon als rooster' });
        if (width < 700) await asGrid.press('Enter');
        const time = 'button.block:focus > [aria-hidden]';
        const moves = async (key: string, presses: number, name: string, how?: 'together') => {
          if (how) await pressTogether(page, key, presses);
          else for (let at = 0; at < presses; at += 1) await page.keyboard.press(key);
          await page.locator('button.block:focus').getByText(name).waitFor();
        };
        await page.getByRole('button', { name: 'Maandag 17 tot 21 uur' }).focus();
        await moves('ArrowUp', 16, 'Maandag 13 tot 17 uur');
        await expect.poll(() => inSight(page, time), { message: `${where}, up` }).toEqual(allSeen);
        await moves('ArrowDown', 20, 'Maandag 18 tot 22 uur');
        await expect.poll(() => inSight(page, time), { message: `${where}, down` }).toEqual(allSeen);
        for (const [key, presses, name] of [
          ['ArrowDown', 8, 'Maandag 20 tot 24 uur'],
          ['ArrowUp', 16, 'Maandag 16 tot 20 uur'],
        ] as const) {
          await moves(key, presses, name);
          await page.keyboard.press('ArrowRight');
          await page.getByText('Dit blok overlapt met 17–21 uur.').waitFor();
          const shows = async (when: string) => {
            await expect.poll(() => inSight(page, '.week-problem'), { message: `${where}, ${when}` }).toEqual(allSeen);
            await expect.poll(() => inSight(page, time), { message: `${where}, ${when}, ${name}` }).toEqual(allSeen);
          };
          await shows('refused');
          await page.evaluate(() => document.querySelector('.page')!.scrollBy(0, 100));
          await page.keyboard.press('ArrowRight');
          await shows('looked elsewhere, and refused again');
        }
        await moves('ArrowUp', 12, 'Maandag 13 tot 17 uur', 'together');
        await expect.poll(() => inSight(page, time), { message: `${where}, up again` }).toEqual(allSeen);
        await moves('ArrowDown', 27, 'Maandag 19.45 tot 23.45 uur');
        expect(await brokenNumbers(page, time), where).toEqual([]);
        await page.context().close();
      }
    },
    { env: { DEMO_HOURS: 'real' } },
  ),
);
