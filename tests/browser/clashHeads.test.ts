import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openBrowser } from '../support/chromium.ts';
import { scene } from '../support/scene.ts';
import { stageOf, type Stage } from '../support/stage.ts';

/** The page of opening hours of a coordinator of the demonstration, with hours as a centre has them. */
async function coordinator(stage: Stage, viewport: { width: number; height: number }): Promise<Page> {
  const page = await (await stage.newContext({ viewport, reducedMotion: 'reduce' })).newPage();
  await page.goto(stage.app.console);
  await page.getByRole('button', { name: 'Ga verder als Noor' }).click();
  await page.getByRole('heading', { name: 'Gewone schoolweek' }).waitFor();
  return page;
}

/** Words of heads that stand on two lines, and whether the table is wider than the window. */
const broken = (page: Page, heads: string) =>
  page.evaluate((heads) => {
    const found: string[] = [];
    for (const { firstChild: text } of document.querySelectorAll(heads)) {
      for (const { 0: word, index } of (text?.textContent ?? '').matchAll(/\S+/g)) {
        const range = document.createRange();
        range.setStart(text!, index);
        range.setEnd(text!, index + word.length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(word);
      }
    }
    const { right } = document.querySelector('.clash table')!.getBoundingClientRect();
    return right > innerWidth ? [...found, 'wider than the window'] : found;
  }, heads);

/** Somebody who set the text of every page to double. */
const doubled = { args: ['--blink-settings=defaultFontSize=32'] };

test.each([
  [
    'as it is',
    {},
    [
      [320, '.clash th'],
      [360, '.clash th'],
      [1_280, '.clash th'],
    ],
  ],
  [
    'twice as large',
    doubled,
    [
      [360, '.clash thead th'],
      [640, '.clash th'],
      [1_280, '.clash th'],
    ],
  ],
] as const)(
  '[U14] two versions with long addresses stand beside each other with no head broken inside a word, with text %s',
  (_size, letters, widths) =>
    scene(
      async ({ app }) => {
        const browser = await openBrowser(letters);
        try {
          const { stage } = stageOf(app, browser);
          const comes = () => coordinator(stage, { width: 1_280, height: 800 });
          const [noor, other] = [await comes(), await comes()];
          const leads = 'Waar Snel weg naartoe gaat';
          const saves = async (page: Page, address: string) => {
            await page.getByLabel(new RegExp(`^${leads}`)).fill(address);
            await page.getByRole('button', { name: 'Bewaar', exact: true }).click();
          };
          await saves(other, 'https://www.vrt.be/');
          await other.getByText('Bewaard. De nieuwe uren gelden meteen.').waitFor();
          await noor.getByLabel(/^Chats tegelijk per medewerker/).fill('2');
          await saves(noor, `https://www.standaard.be/nieuws/${'a'.repeat(60)}`);
          await noor.getByRole('row', { name: leads }).waitFor();
          for (const [width, heads] of widths) {
            await noor.setViewportSize({ width, height: 800 });
            expect(await broken(noor, heads), String(width)).toEqual([]);
          }
        } finally {
          await browser.close();
        }
      },
      { unscaled: true },
    )({ task: { name: 'two versions' } as never }),
);
