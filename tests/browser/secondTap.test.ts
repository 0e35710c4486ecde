import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { counsellor, pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';

/** Two taps at one place, as fast as a nervous finger. Where the second one lands is the browser's affair. */
async function tapsTwice(page: Page, button: Locator): Promise<void> {
  const box = await button.boundingBox();
  if (!box) throw new Error('the button is not in sight');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.touchscreen.tap(x, y);
  await page.touchscreen.tap(x, y);
}

const phone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };

describe.concurrent('a second tap of a nervous finger', () => {
  test(
    '[B53 W75 W76] costs no place in the line, ends no chat, and does not wipe the end',
    scene(async (stage) => {
      const fox = await pupil(stage, { where: 'window', ...phone });
      await fox.start({ nick: 'Blauwe Vos', first: 'mijn vraag' });
      await fox.reads('Je staat in de wachtrij.');
      await tapsTwice(fox.page, fox.page.getByRole('button', { name: 'Stop met wachten' }));
      await fox.reads('Je staat in de wachtrij.');
      expect(await fox.page.getByText('Je wacht niet meer.').count()).toBe(0);

      const lien = await counsellor(stage);
      await lien.accepts();
      await lien.hears('mijn vraag');
      await tapsTwice(fox.page, fox.page.getByRole('button', { name: 'Stop de chat' }));
      const sheet = fox.page.getByRole('alertdialog');
      if (!(await sheet.isVisible())) await fox.presses('Stop de chat');
      const yes = sheet.locator('[aria-disabled=false]').filter({ hasText: 'Ja, stop de chat' });
      await yes.waitFor();
      await tapsTwice(fox.page, yes);
      await fox.reads('Bedankt om te chatten.');
      expect(await fox.page.getByRole('button', { name: /^Sluit$/ }).isVisible()).toBe(true);
    }),
  );

  test(
    '[B53 D20] does not accept who has just begun to ring, and the next one does',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      // presses at the instant at which the button comes
      await lien.page.evaluate(() => {
        new MutationObserver((_, watcher) => {
          const button = [...document.querySelectorAll('button')].find((one) => one.textContent === 'Neem aan');
          if (!button) return;
          watcher.disconnect();
          button.click();
          document.body.dataset['pressed'] = 'yes';
        }).observe(document.body, { childList: true, subtree: true });
      });
      const fox = await pupil(stage, { where: 'window' });
      await fox.start({ nick: 'Blauwe Vos', first: 'mijn vraag' });
      await lien.page.locator('body[data-pressed=yes]').waitFor();
      await fox.reads('We roepen nu een medewerker voor jou.');
      await lien.accepts();
      await lien.hears('mijn vraag');
    }),
  );
});
