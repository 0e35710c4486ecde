import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { startApp, type App, type StoreKind } from './app.ts';
import { openBrowser } from './chromium.ts';

/** The service and a browser for all tests of a `describe`; each test begins with nobody there and nothing stored. */
export interface Stage {
  readonly app: App;
  readonly browser: Browser;
}

export function onStage(on: StoreKind = 'memory'): Stage {
  let app: App | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp({ on }), openBrowser()]);
  });
  let used = false;
  beforeEach(async () => {
    if (used) await app?.anew();
    used = true;
  });
  afterEach(async ({ task }) => {
    if (!browser) return;
    if (task.result?.state === 'fail') await showWhatWasSeen(browser, task.name);
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });
  return {
    get app() {
      if (!app) throw new Error('the service has not started');
      return app;
    },
    get browser() {
      if (!browser) throw new Error('the browser has not started');
      return browser;
    },
  };
}

/** Pictures of every open page of a test that failed, where `npm run screens` puts its own. */
async function showWhatWasSeen(browser: Browser, title: string): Promise<void> {
  mkdirSync('screens', { recursive: true });
  const name = title.replaceAll(/[^\w]+/g, '-').slice(0, 60);
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const [at, page] of pages.entries()) {
    await page.screenshot({ path: `screens/failed-${name}-${at}.png`, timeout: 3_000 }).catch(() => undefined);
  }
}
