import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startApp, type App } from './app.ts';
import { openBrowser } from './chromium.ts';
import { dress, endingOf, kind, optionsOf, type Kind } from './dress.ts';
import { openShadows } from './people.ts';
import { withPictureFont } from './pictureFont.ts';
import { walkSetup } from './setupWalk.ts';
import { stageOf } from './stage.ts';
import { walkConsole, walkWidget } from './walk.ts';
import { openStaffStage } from './staffStage.ts';
import { walkProvider } from './walkProvider.ts';
import { walkStaff } from './walkStaff.ts';
import { walkCorners, walkSilence, walkSmallBar } from './walkCorners.ts';

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
/** Of whom makes an account, opens a centre and keeps it: each screen is taken in all of these where it stands. */
const staff = [
  kind(1280, 800),
  kind(1280, 800, 'dark'),
  kind(1280, 800, 'forced'),
  kind(1280, 800, 'large'),
  kind(768, 1024),
  kind(640, 400), // 1280 × 800 at 200 %
  kind(400, 600),
  kind(360, 640),
  kind(360, 640, 'dark'),
  kind(360, 640, 'large'),
];
/** Of what is longer than these a second picture shows all of it. */
const isShownWhole = ({ width, looks }: Kind) => looks === 'light' && (width === 1280 || width === 360);

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
  const isWanted = (one: Kind) => wanted.length === 0 || wanted.some((word) => endingOf(one).includes(word));
  const take = async (one: Kind, walk: (look: Shoot, options: BrowserContextOptions, on: Opened) => Promise<void>) => {
    if (!isWanted(one)) return;
    const browser = await openBrowser({ args: argsOf(one), env: withPictureFont() });
    const on: Opened = { app, browser, stageOn: (service) => stageOf(service, browser).stage };
    try {
      await walk(
        async (name, { page }) => {
          await shoot(page, join(folder, `${name}-${endingOf(one)}.png`));
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
    count += await takeStaff(folder, staff.filter(isWanted));
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

/** @returns how many pictures were written */
async function takeStaff(folder: string, kinds: readonly Kind[]): Promise<number> {
  if (kinds.length === 0) return 0;
  let count = 0;
  const take = async (name: string, page: Page, one: Kind) => {
    await shoot(page, join(folder, `${name}-${endingOf(one)}.png`));
    count += 1;
  };
  const look = async (name: string, page: Page) => {
    const before = page.viewportSize()!;
    await page.waitForTimeout(FIRM_MS);
    for (const one of kinds) {
      await dress(page, one);
      await take(name, page, one);
      const high = isShownWhole(one) ? await heightOfAll(page) : 0;
      if (high <= one.height) continue;
      await page.setViewportSize({ width: one.width, height: high });
      await take(`${name}-heel`, page, one);
    }
    await dress(page, { ...before, looks: 'light' });
  };
  const stage = await openStaffStage();
  const browser = await openBrowser({ args: [...stage.args], env: withPictureFont() });
  const newContext = () => browser.newContext({ ...optionsOf(kind(1280, 800)), acceptDownloads: true });
  try {
    await walkStaff(stage, newContext, look);
    const page = await (await newContext()).newPage();
    await walkProvider(stage.app, page, (name) => look(name, page));
  } finally {
    await browser.close();
    await stage.stop();
  }
  return count;
}

/** A button that must not be met by the second press of a double click looks so for a moment, and no picture is of that. */
const FIRM_MS = 500;

/** How high a window is, in CSS pixels, in which nothing of the page has to be scrolled. */
const heightOfAll = (page: Page) =>
  page.evaluate(() => {
    const hidden = [...document.querySelectorAll('.backdrop, .page, dialog[open]')].map(
      ({ scrollHeight, clientHeight }) => scrollHeight - clientHeight,
    );
    return innerHeight + Math.max(0, ...hidden);
  });
