import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startApp } from './app.ts';
import { openBrowser } from './chromium.ts';
import { openShadows } from './people.ts';
import { stageOf } from './stage.ts';
import { walkConsole, walkWidget } from './walk.ts';

const sizes = [
  { width: 360, height: 640 },
  { width: 400, height: 600 },
  { width: 1280, height: 800 },
];
const schemes = ['light', 'dark'] as const;

/** Motion off, so that no picture is half way; the focus stays visible, as it is part of the design. */
const still = { reducedMotion: 'reduce' } as const;

const shoot = (page: Page, path: string) => page.screenshot({ path, caret: 'hide' });

/** @returns how many pictures were written, named `<screen>-<width>x<height>-<scheme>.png` */
export async function takeAll(folder: string): Promise<number> {
  let count = 0;
  const [app, browser] = await Promise.all([startApp(), openBrowser()]);
  const { stage } = stageOf(app, browser);
  try {
    for (const colorScheme of schemes) {
      for (const viewport of sizes) {
        const options = { viewport, colorScheme, ...still };
        const ending = `${viewport.width}x${viewport.height}-${colorScheme}.png`;
        const look = async (name: string, { page }: { page: Page }) => {
          await shoot(page, join(folder, `${name}-${ending}`));
          count += 1;
        };
        await walkWidget(stage, options, look);
        await walkConsole(stage, options, look);

        const context = await browser.newContext(options);
        await openShadows(context);
        const page = await context.newPage();
        await page.goto(app.school);
        await page.getByRole('button', { name: /Chat met het CLB/ }).waitFor();
        await look('w01-launcher', { page });
        await page.getByRole('button', { name: /Chat met het CLB/ }).click();
        await page.frameLocator('iframe').getByText('Dag! Fijn dat je er bent.').waitFor();
        await look('w14-paneel-op-pagina', { page });
        await context.close();
      }
    }
  } finally {
    await browser.close();
    await app.stop();
  }
  return count;
}

/** widget.png and console.png, in the state that tells most. */
export async function takeForReadme(folder: string): Promise<void> {
  const [app, browser] = await Promise.all([startApp(), openBrowser()]);
  const { stage } = stageOf(app, browser);
  const only =
    (wanted: string, file: string) =>
    async (name: string, { page }: { page: Page }) => {
      if (name === wanted) await shoot(page, join(folder, file));
    };
  try {
    const phone = { viewport: { width: 360, height: 640 }, deviceScaleFactor: 2, ...still };
    await walkWidget(stage, phone, only('w06-chat', 'widget.png'));
    await walkConsole(stage, { viewport: { width: 1280, height: 800 }, ...still }, only('c01-gesprek', 'console.png'));
  } finally {
    await browser.close();
    await app.stop();
  }
}
