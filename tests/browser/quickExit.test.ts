import type { Frame, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { counsellor, pupil, type Pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import type { Stage } from '../support/stage.ts';

const NEUTRAL = 'https://www.meteo.be/**';

describe('Snel weg', () => {
  const frameOf = (page: Page): Frame => {
    const frame = page.frames().find((one) => one.url().includes('/w/'));
    if (!frame) throw new Error('the page has no frame with the chat');
    return frame;
  };

  /**
   * Presses it in the frame. @returns whether the page still held something of ours at the first moment after the click:
   * the frame's own handlers have run, and no timer, no request and no picture of the page could come in between
   */
  async function isLeftAfterClick(page: Page): Promise<boolean> {
    const left = page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          addEventListener('message', ({ data }) => {
            if (data === 'clicked') resolve([...document.body.children].some(({ shadowRoot }) => shadowRoot !== null));
          });
        }),
    );
    await frameOf(page).evaluate(() => {
      addEventListener('click', () => parent.postMessage('clicked', '*')); // after all others
    });
    await page
      .frameLocator('iframe')
      .getByRole('button', { name: /^Snel weg/ })
      .click();
    return left;
  }

  async function talking(
    stage: Stage,
    where: 'school' | 'window',
  ): Promise<{ fox: Pupil; lien: Awaited<ReturnType<typeof counsellor>> }> {
    const lien = await counsellor(stage);
    const fox = await pupil(stage, { where });
    await fox.start({ nick: 'Blauwe Vos', first: 'mijn geheim' });
    await lien.accepts();
    await lien.hears('mijn geheim');
    return { fox, lien };
  }

  test(
    '[B7] in a school’s page: frame and button are gone with the click, title and history as before',
    scene(async (stage) => {
      const probe = await (await stage.newContext()).newPage();
      await probe.goto(stage.app.school);
      const before = { title: await probe.title(), entries: await probe.evaluate(() => history.length) };

      const { fox, lien } = await talking(stage, 'school');
      const asked: string[] = [];
      fox.page.on('dialog', (dialog) => asked.push(dialog.message()));
      expect(await isLeftAfterClick(fox.page)).toBe(false);
      const after = { title: await fox.page.title(), entries: await fox.page.evaluate(() => history.length) };
      expect(after).toEqual(before);
      expect(fox.page.url()).toBe(stage.app.school);
      await lien.reads('De leerling koos Snel weg.');
      expect(asked, 'who flees is asked nothing').toEqual([]);
    }),
  );

  test(
    '[B8 L2] on a page of its own: a neutral site comes, Back does not return to the chat, and nothing resumes',
    scene(async (stage) => {
      const { fox, lien } = await talking(stage, 'window');
      await fox.context.route(NEUTRAL, (route) =>
        route.fulfill({ contentType: 'text/html', body: '<title>weer</title>' }),
      );
      const chatUrl = fox.page.url();
      const asked = fox.page.waitForRequest(NEUTRAL);
      await fox.chat
        .getByRole('button', { name: /^Snel weg/ })
        .or(fox.chat.getByRole('link', { name: /^Snel weg/ }))
        .first()
        .click();
      expect((await asked).headers()['referer'], 'the neutral site does not learn where from').toBeUndefined();
      await fox.page.waitForURL(NEUTRAL);
      await lien.reads('De leerling koos Snel weg.');

      await fox.page.goBack();
      expect(fox.page.url(), 'no chat behind the neutral site').not.toContain(stage.app.origin);
      await fox.page.goto(chatUrl);
      await fox.reads('Dag! Fijn dat je er bent.');
      expect(await fox.page.evaluate('sessionStorage.length + localStorage.length')).toBe(0);
      expect(await fox.page.getByText('mijn geheim').count()).toBe(0);
    }),
  );

  test(
    '[B9] Shift three times does the same, also from the composer; Shift as part of a letter does not',
    scene(async (stage) => {
      const { fox, lien } = await talking(stage, 'window');
      await fox.context.route(NEUTRAL, (route) =>
        route.fulfill({ contentType: 'text/html', body: '<title>weer</title>' }),
      );
      await fox.composer.focus();
      for (const letter of ['A', 'B', 'C']) await fox.page.keyboard.press(`Shift+${letter}`);
      expect(await fox.chat.locator('.lights').count(), 'a capital letter lights none of the three').toBe(0);
      await fox.page.keyboard.press('Shift');
      await fox.reads('Druk nog 2 keer op Shift om weg te gaan.');
      expect(fox.page.url()).toContain(stage.app.origin);
      await fox.page.keyboard.press('Shift');
      await fox.page.keyboard.press('Shift');
      await fox.page.waitForURL(NEUTRAL);
      await lien.reads('De leerling koos Snel weg.');
    }),
  );

  test(
    '[B9] Shift three times in the school’s own page, while the chat is open, does it too',
    scene(async (stage) => {
      const { fox, lien } = await talking(stage, 'school');
      await fox.page.locator('h1').first().click();
      for (let n = 0; n < 3; n += 1) await fox.page.keyboard.press('Shift');
      await fox.page.locator('iframe').waitFor({ state: 'detached' });
      expect(await fox.page.getByRole('button', { name: /CLB/ }).count()).toBe(0);
      await lien.reads('De leerling koos Snel weg.');
    }),
  );
});
