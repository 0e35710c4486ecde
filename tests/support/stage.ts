import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import type { App } from './app.ts';

/** A service of its own and everybody who came to it. */
export interface Stage {
  readonly app: App;
  /** a person's own browser, as far as cookies and storage go */
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
}

/** @returns the stage, and everybody's browser in the order they came */
export function stageOf(app: App, chromium: Browser): { stage: Stage; contexts: readonly BrowserContext[] } {
  const contexts: BrowserContext[] = [];
  const newContext = async (options?: BrowserContextOptions) => {
    const context = await chromium.newContext({ locale: 'nl-BE', ...options });
    contexts.push(context);
    return context;
  };
  return { stage: { app, newContext }, contexts };
}
