import puppeteer, { type Frame, type Page } from 'puppeteer-core';
import { firefoxOptions } from '../../support/engines/firefox.ts';
import type { Player } from './player.ts';

/** Firefox by WebDriver BiDi. */
export async function firefoxPlayer(): Promise<Player> {
  const browser = await puppeteer.launch(firefoxOptions({}));
  return {
    engine: 'Firefox',
    cannot: {
      phone: 'on a desktop it lays nothing out as on a phone',
      pinch: 'BiDi has no fingers that zoom',
      print: 'BiDi prints to a file, and shows no page as printed',
    },
    async open(address, { width, height }) {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.setViewport({ width, height });
      await page.goto(address);
      return {
        run: async (at, expression) => (await innermost(page, at)).evaluate(expression) as never,
        press: (x, y) => page.mouse.click(x, y),
        pinch: () => Promise.reject(new Error('no fingers')),
        shown: async () => undefined, // no press was seen to go astray here
        print: () => Promise.reject(new Error('no paper')),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

/** What a frame that was made by a script is called is known to the frame alone. */
async function innermost(page: Page, address: string): Promise<Frame> {
  for (const frame of page.frames().toReversed()) {
    const here = await frame.evaluate('location.href').catch(() => '');
    if (String(here).startsWith(address)) return frame;
  }
  throw new Error(`no document of ${address}`);
}
