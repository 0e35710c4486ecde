import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startApp, type App } from './app.ts';
import { openBrowser } from './chromium.ts';
import { openShadows } from './people.ts';
import { withPictureFont } from './pictureFont.ts';
import { walkSetup } from './setupWalk.ts';
import { stageOf } from './stage.ts';
import { walkConsole, walkWidget } from './walk.ts';
import { openProviderStage, walkProvider, type ProviderStage } from './walkProvider.ts';
import { walkCorners, walkSilence, walkSmallBar } from './walkCorners.ts';

interface Kind {
  readonly width: number;
  readonly height: number;
  readonly looks: 'light' | 'dark' | 'forced' | 'large';
}
const kind = (width: number, height: number, looks: Kind['looks'] = 'light'): Kind => ({ width, height, looks });

const visitors = [
  kind(320, 640),
  kind(360, 640),
  kind(360, 640, 'dark'),
  kind(360, 640, 'forced'),
  kind(360, 640, 'large'),
  kind(400, 600),
  kind(640, 360),
  kind(768, 1024),
  kind(1280, 800, 'dark'),
  kind(1920, 1080),
];
const counsellors = [
  kind(360, 640),
  kind(768, 1024),
  kind(1024, 768),
  kind(1280, 800),
  kind(1280, 800, 'dark'),
  kind(1280, 800, 'forced'),
  kind(1280, 800, 'large'),
  kind(1920, 1080),
];

/** Motion off, so that no picture is half way; the focus stays visible, as it is part of the design. */
const still = { reducedMotion: 'reduce', locale: 'nl-BE' } as const;
const optionsOf = ({ width, height, looks }: Kind): BrowserContextOptions => ({
  ...still,
  viewport: { width, height },
  colorScheme: looks === 'dark' ? 'dark' : 'light',
  forcedColors: looks === 'forced' ? 'active' : 'none',
});
/** Somebody who set the text of every page to double; the mouse must be said again, as it stands in the same setting. */
const mouse = 'primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4';
const argsOf = ({ looks }: Kind) => (looks === 'large' ? [`--blink-settings=${mouse},defaultFontSize=32`] : []);

const shoot = (page: Page, path: string) => page.screenshot({ path, caret: 'hide' });
type Shoot = (name: string, seen: { page: Page }) => Promise<void>;

/**
 * @param wanted words of which a picture's ending has to contain one, as "640x360" or "dark"; none: all
 * @returns how many pictures were written, named `<screen>-<width>x<height>-<looks>.png`
 */
export async function takeAll(folder: string, wanted: readonly string[]): Promise<number> {
  let count = 0;
  const app = await startApp();
  const take = async (
    one: Kind,
    walk: (look: Shoot, options: BrowserContextOptions, on: Opened) => Promise<void>,
    args: readonly string[] = [],
  ) => {
    const ending = `${one.width}x${one.height}-${one.looks}`;
    if (wanted.length > 0 && !wanted.some((word) => ending.includes(word))) return;
    const browser = await openBrowser({ args: [...argsOf(one), ...args], env: withPictureFont() });
    const on: Opened = { app, browser, stageOn: (service) => stageOf(service, browser).stage };
    try {
      await walk(
        async (name, { page }) => {
          await shoot(page, join(folder, `${name}-${ending}.png`));
          count += 1;
        },
        optionsOf(one),
        on,
      );
    } finally {
      await browser.close();
    }
  };
  try {
    // one after the other: the two counsellors of the demonstration work at one place at a time
    for (const one of visitors) await take(one, takeVisitor);
    for (const one of counsellors) await take(one, takeCounsellor);
    const provider = await openProviderStage();
    try {
      for (const one of counsellors)
        await take(one, (look, options, { browser }) => takeProvider(look, options, provider, browser), provider.args);
    } finally {
      await provider.stop();
    }
  } finally {
    await app.stop();
  }
  return count;
}

interface Opened {
  readonly app: App;
  readonly browser: Browser;
  stageOn(app: App): ReturnType<typeof stageOf>['stage'];
}

async function takeVisitor(look: Shoot, options: BrowserContextOptions, { app, stageOn }: Opened): Promise<void> {
  const stage = stageOn(app);
  await walkWidget(stage, options, look);
  await walkCorners(stage, options, look);
  await walkSmallBar(stage, options, look);
  await walkSilence(stageOn, options, look);

  const context = await stage.newContext(options);
  await openShadows(context);
  const page = await context.newPage();
  await page.goto(app.smartschool);
  await page.frameLocator('iframe').getByText('Dag! Fijn dat je er bent.').waitFor();
  await look('h02-smartschool', { page });
  await page.goto(app.school);
  await page.getByRole('button', { name: /Chat met het CLB/ }).waitFor();
  await look('w01-launcher', { page });
  await page.getByRole('button', { name: /Chat met het CLB/ }).click();
  await page.frameLocator('iframe').getByText('Dag! Fijn dat je er bent.').waitFor();
  await look('w14-paneel-op-pagina', { page });
  await context.close();
}

async function takeCounsellor(look: Shoot, options: BrowserContextOptions, { app, stageOn }: Opened): Promise<void> {
  await walkConsole(stageOn(app), options, look);
  await walkSetup(stageOn(app), options, look);
}

async function takeProvider(
  look: Shoot,
  options: BrowserContextOptions,
  { app }: ProviderStage,
  browser: Browser,
): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await walkProvider(app, page, (name) => look(name, { page }));
  await context.close();
}
