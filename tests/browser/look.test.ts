import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axeFinds } from '../support/axe.ts';
import { openBrowser } from '../support/chromium.ts';
import { counsellor, pupil, pupilIn } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { walkCorners } from '../support/walkCorners.ts';

/** Where something stands: how far it reaches over the window, in pixels; 0 and less is inside. */
const outside = (page: Page, name: string | RegExp, role: 'button' | 'textbox' = 'button') =>
  page
    .getByRole(role, { name })
    .first()
    .evaluate((one) => {
      const { top, bottom, left, right } = one.getBoundingClientRect();
      return Math.max(-top, bottom - innerHeight, -left, right - innerWidth);
    });

describe.concurrent('how it lies', () => {
  test(
    '[B55] on a phone on its side the next step of each screen is in sight',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const fox = await pupil(stage, {
        where: 'window',
        viewport: { width: 640, height: 360 },
        reducedMotion: 'reduce',
      });
      await fox.reads('Dag! Fijn dat je er bent.');
      expect(await outside(fox.page, 'Ik ben leerling')).toBeLessThanOrEqual(0);
      expect(await outside(fox.page, 'Ik ben ouder')).toBeLessThanOrEqual(0);
      await fox.presses('Ik ben leerling');
      await fox.presses('Hoe ik me voel');
      await fox.reads('Hoe mogen we je noemen?');
      expect(await outside(fox.page, /Schuilnaam/, 'textbox')).toBeLessThanOrEqual(0);
      await fox.presses('Ga naar de wachtrij');
      await lien.accepts();
      await fox.reads('Lien is er.');
      expect(await outside(fox.page, 'Stop de chat')).toBeLessThanOrEqual(0);
      expect(await outside(fox.page, 'Jouw bericht', 'textbox')).toBeLessThanOrEqual(0);
      const log = await fox.log.boundingBox();
      expect(log?.height).toBeGreaterThan(120);
    }),
  );

  test(
    '[B55] with text twice as large on a phone the foot lies on nothing',
    scene(async (stage) => {
      const mouse = 'primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4';
      const browser = await openBrowser({ args: [`--blink-settings=${mouse},defaultFontSize=32`] });
      try {
        const context = await browser.newContext({ locale: 'nl-BE', viewport: { width: 360, height: 640 } });
        const fox = await pupilIn(context, stage.app, 'window');
        await fox.presses('Ik ben leerling');
        await fox.presses('Hoe ik me voel');
        await fox.reads('Hoe mogen we je noemen?');
        // the text has all the room that it needs: the foot comes after it, and takes none of it
        const hidden = await fox.page.locator('.rest > .bd').evaluate((one) => one.scrollHeight - one.clientHeight);
        expect(hidden).toBeLessThanOrEqual(0);
        const field = fox.chat.getByLabel(/Schuilnaam/);
        await field.scrollIntoViewIfNeeded();
        expect(await outside(fox.page, /Schuilnaam/, 'textbox')).toBeLessThan(1);
        const covered = await field.evaluate((one) => {
          const { left, right, bottom } = one.getBoundingClientRect();
          return document.elementFromPoint((left + right) / 2, bottom - 4) !== one;
        });
        expect(covered).toBe(false);
        await fox.presses('Ga naar de wachtrij');
        await fox.reads('Je staat in de wachtrij.');
        const wider = () =>
          fox.page.evaluate(
            () =>
              [...document.querySelectorAll('main *')].filter(
                (one) => one.getBoundingClientRect().right > innerWidth + 1 && one.checkVisibility(),
              ).length,
          );
        expect(await wider()).toBe(0);
      } finally {
        await browser.close();
      }
    }),
  );

  test(
    '[B55 B20] the screens that few come past: axe finds nothing, and nothing is wider than the window',
    scene(async (stage) => {
      const seen: string[] = [];
      const options = { viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' } as const;
      await walkCorners(stage, options, async (name, { page }) => {
        expect((await axeFinds(page)).found, name).toEqual([]);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(over, name).toBeLessThanOrEqual(0);
        seen.push(name);
      });
      expect(seen.length).toBeGreaterThanOrEqual(12);
    }),
  );
});

describe.concurrent('how it looks', () => {
  test(
    '[B56] in forced colours one’s own words have a thick edge, a switch has a knob, and a link no frame',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const fox = await pupil(stage, { where: 'window', forcedColors: 'active', reducedMotion: 'reduce' });
      const style = (selector: string, property: string, pseudo?: string) =>
        fox.page
          .locator(selector)
          .first()
          .evaluate((one, [name, part]) => getComputedStyle(one, part).getPropertyValue(name!), [property, pseudo]);
      await fox.start({ nick: 'Blauwe Vos', first: 'mijn vraag' });
      await fox.reads('Je staat in de wachtrij.');
      await fox.chat.getByRole('switch').waitFor();
      const ground = await style('.sw', 'background-color');
      expect(await style('.sw', 'background-color', '::after')).not.toBe(ground);
      await lien.accepts();
      await fox.reads('mijn vraag');
      expect(await style('.m.me .b', 'border-inline-end-width')).toBe('6px');
      expect(await style('.sub .btn', 'border-top-width')).toBe('0px');
    }),
  );

  test(
    '[B58] a sheet comes from below and a field’s ring is quiet; "Snel weg" moves for nobody, and nothing does for who wants less',
    scene(async (stage) => {
      for (const reducedMotion of ['no-preference', 'reduce'] as const) {
        const fox = await pupil(stage, { where: 'window', reducedMotion });
        const style = (selector: string, property: string) =>
          fox.page
            .locator(selector)
            .first()
            .evaluate((one, name) => getComputedStyle(one).getPropertyValue(name), property);
        await fox.presses('Nu hulp nodig?');
        await fox.reads('Zelfmoordlijn');
        // help is there before the sheet that moves it
        const lastsMs = async () => 1_000 * Number.parseFloat(await style('.sheet', 'animation-duration'));
        await expect.poll(lastsMs).toBe(reducedMotion === 'reduce' ? 0.01 : 240);
        expect(await style('.exit', 'animation-name')).toBe('none');
        expect(Number.parseFloat(await style('.exit', 'transition-duration'))).toBeLessThan(0.001);
        await fox.presses(/^Sluit$/);
        await fox.presses('Ik ben leerling');
        await fox.presses('Hoe ik me voel');
        await fox.reads('Hoe mogen we je noemen?');
        await fox.chat.getByLabel(/Schuilnaam/).focus();
        // also what lasts no time at all is seen in the next picture only
        await expect.poll(() => style('#nick', 'outline-width')).toBe('2px');
        expect(await style('#nick', 'outline-offset')).toBe('0px');
        await fox.vanish();
      }
    }),
  );
});

describe('the pages around it', () => {
  test(
    '[B57] the school’s and the platform’s page lie in every window, ask for nothing that is not there, and break no policy of theirs',
    scene(async (stage) => {
      const context = await stage.newContext();
      const page = await context.newPage();
      const wrong: string[] = [];
      const host = new URL(stage.app.school).host;
      page.on('response', (answer) => {
        if (answer.status() >= 400 && new URL(answer.url()).host === host) wrong.push(answer.url());
      });
      page.on('console', (line) => {
        if (/Content.Security.Policy/i.test(line.text())) wrong.push(line.text());
      });
      for (const address of [stage.app.school, stage.app.smartschool]) {
        for (const width of [320, 360, 768, 1920]) {
          await page.setViewportSize({ width, height: 640 });
          await page.goto(address);
          await page.getByRole('heading', { level: 1 }).waitFor();
          const over = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(over, `${address} ${width}`).toBe(0);
        }
        expect(await page.locator('link[rel=icon]').getAttribute('href')).toMatch(/^data:image\/svg/);
      }
      expect(wrong).toEqual([]);
    }),
  );
});
