import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openBrowser } from '../support/chromium.ts';
import { counsellor, pupil, pupilIn } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { stageOf } from '../support/stage.ts';

/** Somebody who set the text of every page to double; the mouse must be said again, as it stands in the same setting. */
const mouse = 'primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4';
const doubled = { args: [`--blink-settings=${mouse},defaultFontSize=32`] };

/** What cannot be reached by scrolling, is covered, or shows only a part of its words. */
const outOfReach = (page: Page, isVisitor = true) =>
  page.evaluate((isVisitor) => {
    const found: string[] = [];
    const seen = (one: Element) => {
      const { width, height } = one.getBoundingClientRect();
      return width > 1 && height > 1 && one.checkVisibility({ visibilityProperty: true }) && !one.closest('[inert]');
    };
    const fits = (one: Element) => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      const at = document.elementFromPoint((left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2);
      return left >= -0.5 && right <= innerWidth + 0.5 && at !== null && (one.contains(at) || at.contains(one));
    };
    const modal: ParentNode = document.querySelector('dialog:modal') ?? document;
    for (const one of [...modal.querySelectorAll('button, a[href]:not(.skip), input, textarea')].filter(seen)) {
      const name = one.getAttribute('aria-label') ?? one.id + one.textContent.trim();
      one.scrollIntoView({ block: 'center' });
      if (!fits(one)) found.push(`out of reach: ${name}`);
      const cut = one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
      if (cut && !one.matches('input, textarea')) found.push(`cut off: ${name}`);
    }
    // after all that scrolling
    const exit = [...document.querySelectorAll('.exit')].find(seen);
    const place = exit?.getBoundingClientRect();
    const inSight = exit && place && place.top >= 0 && place.bottom <= innerHeight && fits(exit);
    if (isVisitor && !inSight) found.push('Snel weg');
    if (document.documentElement.scrollWidth > innerWidth) found.push('wider than the window');
    return found;
  }, isVisitor);

/** Words of the choices that stand on two lines. */
const broken = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    for (const one of document.querySelectorAll('.choice, h1, legend')) {
      const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const text = texts.currentNode as Text;
        for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
          const range = document.createRange();
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          if (lines.size > 1) found.push(word);
        }
      }
    }
    return found;
  });

describe('with text twice as large', () => {
  test(
    '[B28] in a window of its own no word of the first choice is broken, whatever its size',
    scene(async (stage) => {
      const browser = await openBrowser(doubled);
      try {
        for (const [width, height] of [
          [1280, 800],
          [1280, 720],
          [1366, 657],
          [1024, 768],
          [800, 360],
        ] as const) {
          const context = await browser.newContext({ locale: 'nl-BE', viewport: { width, height } });
          const fox = await pupilIn(context, stage.app, 'window');
          await fox.reads('Dag! Fijn dat je er bent.');
          expect(await broken(fox.page), `${width} × ${height}`).toEqual([]);
          await fox.vanish();
        }
      } finally {
        await browser.close();
      }
    }),
  );

  test(
    '[B28] in a small panel every control of the visitor can be reached and read, and Snel weg is always in sight',
    scene(async (stage) => {
      const browser = await openBrowser(doubled);
      try {
        const lien = await counsellor(stage);
        const context = await browser.newContext({ locale: 'nl-BE', viewport: { width: 400, height: 600 } });
        const fox = await pupilIn(context, stage.app, 'window');
        const found: Record<string, string[]> = {};
        const look = async (name: string) => {
          found[name] = await outOfReach(fox.page);
        };
        await fox.reads('Dag! Fijn dat je er bent.');
        expect(await fox.page.evaluate('getComputedStyle(document.documentElement).fontSize')).toBe('32px');
        await look('welcome');
        await fox.presses('Nu hulp nodig? Bel een nummer');
        await fox.reads('Zelfmoordlijn');
        await look('help');
        await fox.presses(/^Sluit$/);
        await fox.presses('Ik ben leerling');
        await fox.reads('Waarover wil je praten?');
        await look('topic');
        await fox.presses('Hoe ik me voel');
        await fox.reads('Hoe mogen we je noemen?');
        await look('name');
        await fox.presses('Ga naar de wachtrij');
        await lien.reads('Nieuwe bezoeker');
        await look('waiting');
        await lien.accepts();
        await fox.reads('Lien is er.');
        await lien.says(
          'Wat erg dat dat elke dag gebeurt. Goed dat je het vertelt. Kijk ook op https://www.wat-wat.be/pesten eens.',
        );
        await fox.log.locator('a').waitFor();
        await fox.says('ze lachen met mij in de bus');
        await fox.sees('ze lachen met mij in de bus', 'Gelezen');
        await look('chat');
        await fox.presses('Stop de chat');
        await fox.reads('Wil je de chat stoppen?');
        await look('stop');
        await fox.presses('Ja, stop de chat');
        await fox.reads('Bedankt om te chatten.');
        await look('end');
        expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
      } finally {
        await browser.close();
      }
    }),
  );

  test.for([320, 360])('[W124] on a phone of %i pixels no word and no card is wider than the window', (width, task) =>
    scene(async (stage) => {
      const browser = await openBrowser(doubled);
      try {
        const phone = await browser.newContext({ locale: 'nl-BE', viewport: { width, height: 640 } });
        const fox = await pupilIn(phone, stage.app, 'window');
        const found: Record<string, string[]> = {};
        const look = async (name: string) => {
          found[name] = await fox.page.evaluate(() =>
            [...document.querySelectorAll('main *')]
              .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && one.checkVisibility())
              .map((one) => one.textContent.trim()),
          );
        };
        await fox.reads('Dag! Fijn dat je er bent.');
        await look('welcome');
        await fox.presses('Nu hulp nodig?');
        await fox.reads('Zelfmoordlijn');
        await look('help');
        await fox.presses(/^Sluit$/);
        await fox.presses('Ik ben leerling');
        await fox.reads('Waarover wil je praten?');
        await look('topic');
        await fox.presses('Hoe ik me voel');
        await fox.reads('Hoe mogen we je noemen?');
        await look('name');
        await fox.presses('Ga naar de wachtrij');
        await fox.reads('Je staat in de wachtrij.');
        await look('waiting');
        await fox.presses('Stop met wachten');
        await fox.reads('Wil je niet meer wachten?');
        await look('stop');
        expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
      } finally {
        await browser.close();
      }
    })(task),
  );
});

describe('with text twice as large, in the console', () => {
  test(
    '[D37] it lies as in a window of half the width, and every control can be reached and read',
    scene(async ({ app }) => {
      const browser = await openBrowser(doubled);
      const { stage } = stageOf(app, browser);
      try {
        const lien = await counsellor(stage, { viewport: { width: 1280, height: 800 } });
        expect(await lien.page.evaluate('getComputedStyle(document.documentElement).fontSize')).toBe('32px');
        const found: Record<string, string[]> = {};
        const look = async (name: string) => {
          found[name] = await outOfReach(lien.page, false);
        };
        await look('quiet');
        const fox = await pupil(stage, { where: 'window' });
        await fox.start({ nick: 'Blauwe Vos' });
        await lien.reads('Nieuwe bezoeker');
        await look('ring');
        await lien.accepts();
        await fox.reads('Lien is er.');
        await lien.says('Dag Blauwe Vos');
        await lien.page.getByRole('button', { name: 'Terug naar de lijst' }).waitFor();
        expect(await lien.page.locator('#list').isVisible(), 'list and chat beside each other').toBe(false);
        await look('chat');
        await lien.presses('Afronden');
        await lien.page.getByRole('dialog').waitFor();
        await look('end');
        await lien.page.getByRole('dialog').getByRole('button', { name: 'Rond af' }).click();
        await lien.page.getByRole('button', { name: 'Ik ben klaar' }).first().waitFor();
        await look('over');
        expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
      } finally {
        await browser.close();
      }
    }),
  );

  test(
    '[D37] the words of each button of the sign-in stand in it, at every width',
    scene(async ({ app }) => {
      const browser = await openBrowser(doubled);
      const { stage } = stageOf(app, browser);
      try {
        const page = await (await stage.newContext()).newPage();
        await page.goto(app.console);
        const button = page.getByRole('button', { name: 'Meld aan met een passkey' });
        for (const width of [320, 360, 800, 1280]) {
          await page.setViewportSize({ width, height: 640 });
          const [has, needs] = await button.evaluate((one) => [one.clientWidth, one.scrollWidth]);
          expect(needs, `at ${width}`).toBeLessThanOrEqual(has!);
        }
      } finally {
        await browser.close();
      }
    }),
  );

  test.each(['Blok toevoegen', 'Voeg toe'])(
    '[D37] nothing in the window %s is wider than the window on a phone',
    (name) =>
      scene(async ({ app }) => {
        const browser = await openBrowser(doubled);
        const { stage } = stageOf(app, browser);
        try {
          const page = await (await stage.newContext({ viewport: { width: 320, height: 640 } })).newPage();
          await page.goto(app.console);
          await page.getByRole('button', { name: 'Ga verder als Noor' }).click();
          await page.getByRole('button', { name }).first().click();
          const dialog = page.getByRole('dialog');
          await dialog.waitFor();
          const [has, needs] = await dialog.evaluate((one) => [one.clientWidth, one.scrollWidth]);
          expect(needs).toBeLessThanOrEqual(has!);
        } finally {
          await browser.close();
        }
      })({ task: { name } as never }),
  );
});

const LOW = [
  ['360 by 640, twice as large', { width: 360, height: 640 }, doubled],
  ['640 by 320', { width: 640, height: 320 }, {}],
  ['640 by 320, twice as large', { width: 640, height: 320 }, doubled],
  ['320 by 256', { width: 320, height: 256 }, {}],
] as const;

describe('in a low window, and on a phone with text twice as large', () => {
  test.each(LOW)(
    '[D37] her own conversation can be opened from the list, also while the door is shut: %s',
    (_name, viewport, more) =>
      scene(async ({ app }) => {
        const browser = await openBrowser(more);
        const { stage } = stageOf(app, browser);
        try {
          const lien = await counsellor(stage, { viewport, reducedMotion: 'reduce' });
          const fox = await pupil(stage, { where: 'window' });
          await fox.start({ nick: 'Blauwe Vos' });
          await lien.accepts();
          await fox.reads('Lien is er.');
          await lien.page.getByRole('button', { name: 'Terug naar de lijst' }).click();
          const row = lien.page.locator('#list').getByRole('button', { name: /Blauwe Vos/ });
          await row.waitFor();
          expect(await outOfReach(lien.page, false)).toEqual([]);
          await lien.page.evaluate(async () => {
            const headers = { 'content-type': 'application/json', 'x-clb': '1' };
            await fetch('/api/centre/door', { method: 'PUT', headers, body: '{"shut":true}' });
          });
          await lien.page.getByText(/^De deur is dicht/).waitFor();
          expect(await outOfReach(lien.page, false)).toEqual([]);
          await row.click();
          await lien.page.getByRole('button', { name: 'Terug naar de lijst' }).waitFor();
        } finally {
          await browser.close();
        }
      })({ task: { name: 'low window' } as never }),
  );

  test.each(LOW)(
    '[D37] an open conversation shows three lines at least, and the list eight: %s',
    (_name, viewport, more) =>
      scene(async ({ app }) => {
        const browser = await openBrowser(more);
        const { stage } = stageOf(app, browser);
        try {
          const lien = await counsellor(stage, { viewport, reducedMotion: 'reduce' });
          const fox = await pupil(stage, { where: 'window' });
          await fox.start({ nick: 'Blauwe Vos' });
          await lien.accepts();
          await fox.reads('Lien is er.');
          await fox.says('ze lachen met mij in de bus');
          await lien.page.locator('.log').getByText('ze lachen met mij in de bus').first().waitFor();
          const linesOf = (selector: string) =>
            lien.page.evaluate((selector) => {
              const one = document.querySelector(selector)!;
              const { paddingTop, paddingBottom, lineHeight } = getComputedStyle(one);
              return (one.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom)) / parseFloat(lineHeight);
            }, selector);
          expect(await linesOf('.log')).toBeGreaterThanOrEqual(3);
          expect(await outOfReach(lien.page, false)).toEqual([]);
          await lien.page.getByRole('button', { name: 'Terug naar de lijst' }).click();
          await lien.page
            .locator('#list')
            .getByRole('button', { name: /Blauwe Vos/ })
            .waitFor();
          expect(await linesOf('.list')).toBeGreaterThanOrEqual(8);
        } finally {
          await browser.close();
        }
      })({ task: { name: 'open in a low window' } as never }),
  );
});

describe('on a phone held sideways', () => {
  test(
    '[W101] the chat can be stopped also while there is no connection, and all controls can be reached',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const context = await stage.newContext({ viewport: { width: 640, height: 360 } });
      const fox = await pupilIn(context, stage.app, 'window');
      await fox.start({ nick: 'Blauwe Vos' });
      await lien.accepts();
      await fox.reads('Lien is er.');
      const stop = fox.page.getByRole('button', { name: 'Stop de chat' });
      await stop.waitFor();
      expect(await outOfReach(fox.page)).toEqual([]);
      await context.setOffline(true);
      await fox.reads('Geen verbinding.');
      await stop.waitFor();
      expect(await outOfReach(fox.page)).toEqual([]);
      await stop.click();
      await fox.presses('Ja, stop de chat');
      await fox.reads('Bedankt om te chatten.');
      await context.setOffline(false);
      await lien.reads('De leerling stopte de chat.');
    }),
  );
});
