import type { Page } from 'playwright-core';
import { startApp } from './app.ts';
import { axeFinds } from './axe.ts';
import { openBrowser } from './chromium.ts';
import { dress, kind } from './dress.ts';
import { walkSetup } from './setupWalk.ts';
import { openStaffStage } from './staffStage.ts';
import { stageOf, type Stage } from './stage.ts';
import { walkConsole, walkWidget } from './walk.ts';
import { walkCorners, walkSilence, walkSmallBar } from './walkCorners.ts';
import { walkProvider } from './walkProvider.ts';
import { walkStaff } from './walkStaff.ts';

const desk = kind(1280, 800);
const kinds = [desk, kind(1280, 800, 'dark'), kind(360, 640), kind(360, 640, 'dark')];

/**
 * Looks with axe-core at every screen of widget and console, wide and narrow, light and dark.
 *
 * @param say is told each fault with its screen, and each screen that was looked at: it takes half an hour
 * @returns how many looks were taken and how many faults found
 */
export async function axeAll(say: (line: string) => void): Promise<{ screens: number; looks: number; faults: number }> {
  const seen = { screens: 0, looks: 0, faults: 0 };
  const look = async (name: string, page: Page) => {
    const before = page.viewportSize()!;
    seen.screens += 1;
    for (const one of kinds) {
      await dress(page, one);
      const { found } = await axeFinds(page);
      seen.looks += 1;
      seen.faults += found.length;
      for (const fault of found) say(`${name}, ${one.width}, ${one.looks}: ${fault}`);
    }
    await dress(page, { ...before, looks: 'light' });
    say(`${seen.screens} ${name}`);
  };
  const options = { viewport: { width: desk.width, height: desk.height }, reducedMotion: 'reduce' } as const;
  await visitorAndDesk(look, options);

  const stage = await openStaffStage();
  const browser = await openBrowser({ args: [...stage.args] });
  const newContext = () => browser.newContext({ ...options, locale: 'nl-BE', acceptDownloads: true });
  try {
    await walkStaff(stage, newContext, look);
    const page = await (await newContext()).newPage();
    await walkProvider(stage.app, page, (name) => look(name, page));
  } finally {
    await browser.close();
    await stage.stop();
  }
  return seen;
}

async function visitorAndDesk(
  look: (name: string, page: Page) => Promise<void>,
  options: Parameters<typeof walkConsole>[1],
): Promise<void> {
  const browser = await openBrowser();
  const at = (name: string, { page }: { page: Page }) => look(name, page);
  // each with a service of its own: who is left of one walk would be rung for in the next, as long as looks take here
  const walks: ((stage: Stage) => Promise<void>)[] = [
    (stage) => walkWidget(stage, options, at),
    (stage) => walkCorners(stage, options, at),
    (stage) => walkSmallBar(stage, options, at),
    () => walkSilence((other) => stageOf(other, browser).stage, options, at),
    (stage) => walkConsole(stage, options, at),
    (stage) => walkSetup(stage, options, at),
  ];
  try {
    for (const walk of walks) {
      const app = await startApp({ unscaled: true });
      try {
        await walk(stageOf(app, browser).stage);
      } finally {
        await app.stop();
      }
    }
  } finally {
    await browser.close();
  }
}
