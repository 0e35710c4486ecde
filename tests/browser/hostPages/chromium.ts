import type { Page } from 'playwright-core';
import { openBrowser } from '../../support/chromium.ts';
import type { Player } from './player.ts';

/** Chromium by Playwright and its own protocol; it can show all of them. */
export async function chromiumPlayer(): Promise<Player> {
  const browser = await openBrowser();
  const frameOf = (page: Page, address: string) => {
    const frame = page.frames().findLast((one) => one.url().startsWith(address));
    if (!frame) throw new Error(`no document of ${address}`);
    return frame;
  };
  return {
    engine: 'Chromium',
    cannot: {},
    async open(address, { width, height, phone }) {
      const context = await browser.newContext({
        locale: 'nl-BE',
        viewport: { width, height },
        ...(phone && { isMobile: true, hasTouch: true, deviceScaleFactor: 2 }),
      });
      const page = await context.newPage();
      const protocol = await context.newCDPSession(page);
      // a press is mapped by the last frame that was shown: a picture waits for the one that is there now
      const shown = async () => void (await protocol.send('Page.captureScreenshot'));
      await page.goto(address);
      return {
        // a string is an expression of the page, and its promise is waited for
        run: (at, expression) => frameOf(page, at).evaluate(expression),
        async press(x, y) {
          // its own pointer counts from the corner of what is seen
          const { left, top } = await page.evaluate<{ left: number; top: number }>(
            '({ left: visualViewport.offsetLeft, top: visualViewport.offsetTop })',
          );
          if (phone) await page.touchscreen.tap(x - left, y - top);
          else await page.mouse.click(x - left, y - top);
        },
        async pinch(scale) {
          await protocol.send('Emulation.setPageScaleFactor', { pageScaleFactor: scale });
          await shown();
        },
        shown,
        print: () => page.emulateMedia({ media: 'print' }),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}
