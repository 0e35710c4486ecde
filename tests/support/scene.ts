import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, type TestContext } from 'vitest';
import { startApp, type AppOptions } from './app.ts';
import { openBrowser } from './chromium.ts';
import { stageOf, type Stage } from './stage.ts';

let browser: Promise<Browser> | undefined;
afterAll(async () => {
  await (await browser)?.close();
});

/** The body of a test that begins with nobody there and nothing stored; several may run at once. */
export const scene =
  (play: (stage: Stage) => Promise<void>, options: AppOptions = {}) =>
  async ({ task }: Pick<TestContext, 'task'>): Promise<void> => {
    browser ??= openBrowser();
    const [app, chromium] = await Promise.all([startApp(options), browser]);
    const { stage, contexts } = stageOf(app, chromium);
    try {
      await play(stage);
    } catch (error) {
      await showWhatWasSeen(contexts, task.name);
      throw error;
    } finally {
      await Promise.all(contexts.map((context) => context.close()));
      await app.stop();
    }
  };

/** Pictures of every open page of a test that failed, where `npm run screens` puts its own. */
async function showWhatWasSeen(contexts: readonly BrowserContext[], title: string): Promise<void> {
  mkdirSync('screens', { recursive: true });
  const name = title.replaceAll(/[^\w]+/g, '-').slice(0, 90);
  const pages = contexts.flatMap((context) => context.pages());
  for (const [at, page] of pages.entries()) {
    await page.screenshot({ path: `screens/failed-${name}-${at}.png`, timeout: 3_000 }).catch(() => undefined);
  }
}
