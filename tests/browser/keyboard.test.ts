import type { Page } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { counsellor, pupil, pupilIn } from '../support/people.ts';
import { scene } from '../support/scene.ts';

describe.concurrent('with the keyboard alone', () => {
  /** What has the focus, as a person would call it. */
  const focused = (page: Page) =>
    page.evaluate(() => {
      const one = document.activeElement;
      if (!(one instanceof HTMLElement) || one === document.body) return '';
      return (one.getAttribute('aria-label') ?? one.innerText).replaceAll(/\s+/g, ' ');
    });

  async function tabTo(page: Page, name: string): Promise<void> {
    const stops: string[] = [];
    while (stops.length < 40) {
      await page.keyboard.press('Tab');
      stops.push(await focused(page));
      if (stops.at(-1)?.includes(name)) return;
    }
    throw new Error(`Tab never came to "${name}", only to ${stops.join(' > ')}`);
  }

  async function press(page: Page, name: string): Promise<void> {
    await tabTo(page, name);
    await page.keyboard.press('Enter');
  }

  test(
    '[B24] a pupil goes from the first screen to the end, and Snel weg is always the first stop',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const fox = await pupil(stage, { where: 'window' });
      const { page } = fox;
      await fox.reads('Dag! Fijn dat je er bent.');
      await page.keyboard.press('Tab');
      expect(await focused(page)).toContain('Snel weg');
      await press(page, 'Ik ben leerling');
      await fox.reads('Waarover wil je praten?');
      await vi.waitFor(async () =>
        expect(await focused(page), 'a new screen starts at its heading').toBe('Waarover wil je praten?'),
      );
      await press(page, 'Hoe ik me voel');
      await fox.reads('Hoe mogen we je noemen?');
      await press(page, 'Ga naar de wachtrij');
      await lien.accepts();
      await fox.reads('Lien is er.');
      await fox.composer.focus();
      await page.keyboard.type('met het toetsenbord');
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.type('op twee regels');
      await page.keyboard.press('Enter');
      await lien.hears('met het toetsenbord\nop twee regels');
      expect(await page.evaluate(() => document.activeElement?.tagName), 'sending keeps the focus').toBe('TEXTAREA');
      await lien.says('dag');
      await fox.hears('dag');
      expect(await page.evaluate(() => document.activeElement?.tagName), 'hearing keeps the focus').toBe('TEXTAREA');
      await press(page, 'Stop de chat');
      await fox.reads('Wil je de chat stoppen?');
      await vi.waitFor(async () =>
        expect(await focused(page), 'the safe choice has the focus').toBe('Nee, ik chat verder'),
      );
      await page.keyboard.press('Escape');
      await page.getByText('Wil je de chat stoppen?').waitFor({ state: 'detached' });
      await press(page, 'Stop de chat');
      await press(page, 'Ja, stop de chat');
      await fox.reads('Bedankt om te chatten.');
    }),
  );

  test(
    '[W20 B24] in a school’s page the chat that is made small has the focus on its small button, and on its heading when it is opened again',
    scene(async (stage) => {
      const { page, chat } = await pupil(stage, { where: 'school' });
      const inside = () =>
        chat.locator('html').evaluate(async () => {
          for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame); // what takes it away does so at once
          const one = document.activeElement;
          return document.hasFocus() && one ? one.tagName + (one.className && `.${one.className}`) : 'elsewhere';
        });
      // until the page around answered, a key makes nothing small
      await vi.waitFor(async () => expect(await inside()).toBe('H1'));
      for (let times = 0; times < 2; times += 1) {
        await page.keyboard.press('Escape');
        await vi.waitFor(async () => expect(await inside()).toBe('BUTTON.bar'));
        await page.keyboard.press('Enter');
        await vi.waitFor(async () => expect(await inside()).toBe('H1'));
      }
    }),
  );

  test(
    '[B24] a counsellor signs in, accepts, answers and ends',
    scene(async (stage) => {
      const page = await (await stage.newContext({ locale: 'nl-BE' })).newPage();
      page.on('dialog', (dialog) => void dialog.accept());
      await page.goto(stage.app.console);
      await page.getByRole('heading', { name: 'Aanmelden' }).waitFor();
      await press(page, 'Ga verder als Samir');
      await page.getByRole('button', { name: /Jouw status: Beschikbaar/ }).waitFor();
      const fox = await pupilIn(await stage.newContext(), stage.app, 'window');
      await fox.start({ nick: 'Blauwe Vos', first: 'mijn vraag' });
      await page.getByText('Nieuwe bezoeker').first().waitFor();
      await page.keyboard.press('Alt+N');
      await page.getByRole('log').getByText('mijn vraag').waitFor();
      await page.getByRole('textbox', { name: 'Bericht aan Blauwe Vos' }).focus();
      await page.keyboard.type('dag Vos');
      await page.keyboard.press('Enter');
      await fox.hears('dag Vos');
      await page.keyboard.press('Alt+R');
      await page.getByRole('dialog').waitFor();
      await press(page, 'Rond af');
      await fox.reads('Bedankt om te chatten.');
      await press(page, 'Ik ben klaar');
      await page.getByRole('button', { name: /Jouw status: Beschikbaar/ }).waitFor();
    }),
  );
});
