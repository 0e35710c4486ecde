import { describe, expect, test } from 'vitest';
import { openBrowser } from '../support/chromium.ts';
import { counsellor, openShadows, pupilIn } from '../support/people.ts';
import { scene } from '../support/scene.ts';

describe.concurrent('pages of schools that do as they like', () => {
  test(
    '[W40] a site that swaps its body at each link takes nothing from a conversation; one that takes the chat away gives it back at a press',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      // of its own, and as people have it: Playwright's list switches off what keeps things for a frame of another site
      const browser = await openBrowser({ args: ['--disable-features=Translate'] });
      try {
        const fox = await pupilIn(await browser.newContext({ locale: 'nl-BE' }), stage.app, 'school');
        await fox.start({ nick: 'Blauwe Vos', first: 'hallo daar' });
        await lien.accepts();
        await lien.says('dag Vos');
        await fox.hears('dag Vos');

        const out = await fox.page.evaluate(async () => {
          const next = document.createElement('body');
          next.append(document.createElement('main'), ...[...document.body.children].map((one) => one.cloneNode(true)));
          document.documentElement.replaceChild(next, document.body);
          await Promise.resolve();
          return {
            loaders: document.querySelectorAll('clb-chat').length,
            frames: document.querySelector('clb-chat')?.shadowRoot?.querySelectorAll('iframe').length,
          };
        });
        expect(out).toEqual({ loaders: 1, frames: 1 });
        await lien.says('ben je er nog?');
        await fox.hears('ben je er nog?');
        await fox.says('ja');
        await lien.hears('ja');

        expect(
          await fox.page.evaluate(async () => {
            const ours = document.querySelector('clb-chat')!;
            ours.remove();
            await Promise.resolve();
            return [document.querySelectorAll('clb-chat').length, ours.shadowRoot?.querySelectorAll('iframe').length];
          }),
        ).toEqual([1, 0]);
        await fox.page.getByRole('button', { name: /Chat met het CLB/ }).click();
        await fox.hears('dag Vos');
        await fox.says('ik ben er weer');
        await lien.hears('ik ben er weer');
      } finally {
        await browser.close();
      }
    }),
  );

  test(
    '[W22] a page that may not frame the chat shows the browser’s refusal, and beside it a link that works and a way to close',
    scene(async (stage) => {
      const context = await stage.newContext({ viewport: { width: 400, height: 700 } });
      await openShadows(context);
      const page = await context.newPage();
      const stranger = new URL(stage.app.school);
      stranger.hostname = 'other.localhost'; // the same page under a name that the settings do not know
      await page.goto(stranger.href);
      await page.getByRole('button', { name: /Chat met het CLB/ }).click();
      const link = page.getByRole('link', { name: 'Open de chat in een nieuw tabblad' });
      await link.waitFor();
      expect(await page.locator('iframe').count()).toBe(1);
      const [own] = await Promise.all([context.waitForEvent('page'), link.click()]);
      await own.getByRole('heading', { name: 'Dag! Fijn dat je er bent.' }).waitFor();
      await page.getByRole('button', { name: 'Sluit' }).click();
      expect(await page.locator('iframe, [inert]').count()).toBe(0);
      await page.getByRole('button', { name: /Chat met het CLB/ }).waitFor();
    }),
  );
});
