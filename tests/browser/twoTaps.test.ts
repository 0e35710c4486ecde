import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { counsellor, pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';

const viewport = { width: 400, height: 600 };
/** Between the two taps of a nervous finger; the time is what is tried here, no bound. */
const BETWEEN_MS = 130;

/** @param at how far to the right on the button */
async function twice(page: Page, button: Locator, at = 0.5): Promise<void> {
  await page.waitForTimeout(700); // nothing else was pressed just before
  const box = (await button.boundingBox())!;
  const [x, y] = [box.x + box.width * at, box.y + box.height / 2];
  await page.mouse.click(x, y);
  await page.waitForTimeout(BETWEEN_MS);
  await page.mouse.click(x, y);
  await page.waitForTimeout(700);
}
const sluit = /^Sluit$/;

test(
  '[W105] two taps where help was closed choose no role, and two on the last topic do not join the line',
  scene(async (stage) => {
    const fox = await pupil(stage, { where: 'window', viewport });
    await fox.presses('Nu hulp nodig');
    await fox.reads('Zelfmoordlijn');
    await twice(fox.page, fox.chat.getByRole('button', { name: sluit }), 0.75);
    await fox.reads('Dag! Fijn dat je er bent.');
    await fox.presses('Ik ben leerling');
    await twice(fox.page, fox.chat.getByRole('button', { name: 'Over het CLB' }));
    await fox.reads('Hoe mogen we je noemen?');
  }),
);

test(
  '[W105] two taps on the small form of the chat choose no role',
  scene(async (stage) => {
    const fox = await pupil(stage, { where: 'school', viewport });
    await fox.reads('Dag! Fijn dat je er bent.');
    await fox.presses('Maak klein');
    await twice(fox.page, fox.chat.getByRole('button', { name: 'Chat met het CLB' }));
    await fox.reads('Dag! Fijn dat je er bent.');
  }),
);

test(
  '[W105] two taps where help was closed send no half a message, and two on the way back to the line do not ask to leave it',
  scene(async (stage) => {
    const lien = await counsellor(stage);
    await lien.presses(/Jouw status/);
    await lien.page.getByRole('menuitemradio', { name: /Even weg/ }).click();
    const fox = await pupil(stage, { where: 'window', viewport });
    await fox.start({ nick: 'Blauwe Vos' });
    await fox.presses(/Adem rustig/);
    await twice(fox.page, fox.chat.getByRole('button', { name: 'Terug naar de wachtrij' }));
    await fox.reads('Je staat in de wachtrij.');
    expect(await fox.chat.getByText('Wil je niet meer wachten?').count()).toBe(0);
    await lien.presses('Ik ben er weer');
    await lien.accepts();
    await fox.reads('Lien is er.');
    await fox.composer.fill('nog niet af');
    await fox.presses('Nu hulp nodig');
    await fox.reads('Zelfmoordlijn');
    await twice(fox.page, fox.chat.getByRole('button', { name: sluit }), 0.93);
    expect(await fox.composer.inputValue()).toBe('nog niet af');
    await fox.composer.press('Enter');
    await fox.sees('nog niet af');
  }),
);

test(
  '[W6] who does not stop has the focus where it was, by Escape and by the safe answer',
  scene(async (stage) => {
    const fox = await pupil(stage, { where: 'window', viewport });
    await fox.start({ nick: 'Blauwe Vos' });
    const stop = fox.chat.getByRole('button', { name: 'Stop met wachten' });
    for (const answer of ['Escape', 'Enter']) {
      await stop.focus();
      await fox.page.keyboard.press('Enter');
      await fox.reads('Wil je niet meer wachten?');
      await fox.page.keyboard.press(answer); // the safe answer has the focus
      await fox.chat.getByText('Wil je niet meer wachten?').waitFor({ state: 'hidden' });
      expect(await stop.evaluate((one) => one === document.activeElement), answer).toBe(true);
    }
  }),
);
