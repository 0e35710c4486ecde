import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startApp } from './app.ts';
import { openBrowser } from './chromium.ts';
import { dress, kind, optionsOf } from './dress.ts';
import { withPictureFont } from './pictureFont.ts';
import { openStaffStage } from './staffStage.ts';
import { stageOf } from './stage.ts';
import { walkStaff } from './walkStaff.ts';

const wide = kind(1024, 860);
/** Of 100: nothing of letters is lost that an eye would see, and a page is 40 kB. */
const QUALITY = 82;
/** In CSS pixels, what is shown around a card or a window. */
const AROUND = 16;

/** Of a card that is longer: enough to know it by. */
const HIGH_MAX = 620;

/** What of the walk docs/coordinator.md shows, and how it is called there. */
const shown: Readonly<Record<string, string>> = {
  'c30-account': 'account',
  'c32-herstelcodes': 'codes',
  'c27b-bewaren': 'sleutels',
  'c27e-server-kent-ze-niet': 'server',
  'c08i-deur-dicht': 'deur',
  'c17-scholen': 'scholen',
  'c17c-stukje-code': 'stukje',
  'c14j-link': 'uitnodigen',
  'c38b-aanvraag': 'aanvraag',
  'c14e-vergelijken': 'vergelijken',
  'c15-logboek': 'logboek',
};

/**
 * The pictures of docs/coordinator.md, of the console as it was last built: coordinator-*.webp.
 *
 * @returns how many
 */
export async function takeForCoordinator(folder: string): Promise<number> {
  let count = 0;
  const take = async (name: string, page: Page) => {
    await shoot(page, join(folder, `coordinator-${name}.webp`));
    count += 1;
  };
  const stage = await openStaffStage();
  const browser = await openBrowser({ args: [...stage.args], env: withPictureFont() });
  const newContext = () => browser.newContext({ ...optionsOf(kind(1280, 800)), acceptDownloads: true });
  try {
    await walkStaff(stage, newContext, async (name, page) => {
      if (shown[name] !== undefined) await take(shown[name], page);
    });
    const app = await startApp({ env: { DEMO_HOURS: 'real' } });
    try {
      const page = await (await stageOf(app, browser).stage.newContext(optionsOf(wide))).newPage();
      await page.goto(app.console);
      await page.getByRole('button', { name: 'Ga verder als Noor' }).click();
      await page.getByRole('heading', { name: 'Gewone schoolweek' }).waitFor();
      await take('uren', page);
    } finally {
      await app.stop();
    }
  } finally {
    await browser.close();
    await stage.stop();
  }
  return count;
}

/** A card or a window by itself, or the page as far as a window of a laptop shows it. */
async function shoot(page: Page, path: string): Promise<void> {
  const before = page.viewportSize()!;
  await dress(page, { ...wide, height: 1_400 });
  await page.waitForTimeout(500); // what must not be met by a double click is itself again
  const alone = page.locator('dialog[open], .card').last();
  const isAlone = (await alone.count()) > 0;
  if (!isAlone) await dress(page, wide);
  const box = isAlone ? await alone.boundingBox() : null;
  const clip = box && {
    x: Math.max(0, box.x - AROUND),
    y: Math.max(0, box.y - AROUND),
    width: box.width + 2 * AROUND,
    height: Math.min(HIGH_MAX, box.height + 2 * AROUND),
    scale: 1,
  };
  const cdp = await page.context().newCDPSession(page); // stays: with one that ends the page's authenticator goes, too
  const { data } = await cdp.send('Page.captureScreenshot', {
    ...{ format: 'webp', quality: QUALITY },
    ...(clip && { clip }),
  });
  writeFileSync(path, Buffer.from(data, 'base64'));
  await dress(page, { ...before, looks: 'light' });
}
