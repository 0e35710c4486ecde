import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axeFinds } from '../support/axe.ts';
import { shutCentre } from '../support/closed.ts';
import { openShadows } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { walkConsole, walkWidget } from '../support/walk.ts';

/** Everything wider than the window it stands in. */
const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** … and below the frame of the chat: it would scroll, and everything in it move. */
const below = (html: Locator) => html.evaluate((one) => one.scrollHeight - one.clientHeight);

describe('every screen', () => {
  // in the dark, and wide, by `npm run axe`
  test.concurrent(
    '[B20 B21] of the visitor, 320 wide: axe finds nothing, nothing is wider, Snel weg is first and in one place',
    scene(async (stage) => {
      const seen: string[] = [];
      const places: { name: string; x: number; y: number }[] = [];
      await walkWidget(stage, { viewport: { width: 320, height: 640 } }, async (name, { page, chat }) => {
        const { looked, found } = await axeFinds(page);
        expect(found, name).toEqual([]);
        expect(looked, name).toBeGreaterThan(5);
        expect(await sideways(page), name).toBe(0);
        expect(await below(chat.locator('html')), name).toBe(0);
        const box = await chat.getByText('Snel weg', { exact: true }).first().boundingBox();
        places.push({ name, x: box?.x ?? -1, y: box?.y ?? -1 });
        seen.push(name);
      });
      expect(seen.length).toBeGreaterThanOrEqual(15);
      // rounding alone would make two places of 17.4 and 17.6
      const [first] = places;
      const moved = places.filter(({ x, y }) => Math.abs(x - first!.x) >= 1 || Math.abs(y - first!.y) >= 1);
      expect(moved, JSON.stringify(first)).toEqual([]);
    }),
  );

  // in the dark, and narrow, by `npm run axe`
  test.concurrent(
    '[B20] of the console: axe finds nothing',
    scene(
      async (stage) => {
        const seen: string[] = [];
        await walkConsole(stage, { viewport: { width: 1280, height: 800 } }, async (name, { page }) => {
          const { looked, found } = await axeFinds(page);
          expect(found, name).toEqual([]);
          expect(looked, name).toBeGreaterThan(5);
          seen.push(name);
        });
        expect(seen.length).toBeGreaterThanOrEqual(11);
      },
      { unscaled: true },
    ),
  );

  test(
    '[B22] the school’s page with the button, and with the chat open, has no fault of ours',
    scene(async (stage) => {
      const context = await stage.newContext();
      await openShadows(context);
      const page = await context.newPage();
      await page.goto(stage.app.school);
      await page.getByRole('button', { name: /Chat met het CLB/ }).waitFor();
      expect((await axeFinds(page)).found).toEqual([]);
      await page.getByRole('button', { name: /Chat met het CLB/ }).click();
      await page.frameLocator('iframe').getByText('Dag! Fijn dat je er bent.').waitFor();
      expect((await axeFinds(page)).found).toEqual([]);
    }),
  );

  test(
    '[H12 B23] closed: the button says when it opens, and the chat shows the week and the help lines',
    scene(async (stage) => {
      const context = await stage.newContext({ locale: 'nl-BE' });
      await Promise.all([shutCentre(context), openShadows(context)]);
      const page = await context.newPage();
      await page.goto(stage.app.school);
      const button = page.getByRole('button', { name: /Nu dicht · open maandag 17 uur/ });
      await button.click();
      const chat = page.frameLocator('iframe');
      await chat.getByRole('heading', { name: 'We zijn nu dicht.' }).waitFor();
      await chat.getByText('We zijn er weer maandag om 17 uur.').waitFor();
      for (const number of ['102', '106', '112'])
        expect(await chat.locator(`a[href="tel:${number}"]`).count()).toBeGreaterThan(0);
      expect(await chat.getByRole('button', { name: /Ik ben/ }).count()).toBe(0);
    }),
  );
});
