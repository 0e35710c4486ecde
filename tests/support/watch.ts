import type { BrowserContext, Frame } from 'playwright-core';
import type { Stage } from './stage.ts';

/** Everything that pages do which a text must never make them do. */
export interface Watched {
  /** as `stage`, and whoever comes through it is watched */
  readonly stage: Stage;
  /** broken policies, errors on the console, uncaught errors, dialogs, windows, requests to others */
  readonly faults: readonly string[];
}

/** An answer is no fault: nobody is signed in yet, a school has no icon. */
const ANSWERED = /^Failed to load resource: the server responded with a status of 40[14] /;

export function watch(stage: Stage): Watched {
  const faults: string[] = [];
  const allowed = [stage.app.origin, stage.app.origin.replace('http', 'ws'), new URL(stage.app.school).origin];
  const isOwn = (address: string) => allowed.some((one) => address.startsWith(`${one}/`)) || address === 'data:,';

  async function look(context: BrowserContext): Promise<BrowserContext> {
    await context.exposeFunction('tellTest', (broken: string) => void faults.push(`policy broken: ${broken}`));
    await context.addInitScript(() => {
      const { tellTest } = globalThis as unknown as { tellTest: (broken: string) => void };
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
        tellTest([effectiveDirective, blockedURI, sample].join(' ')),
      );
    });
    context.on('console', (said) => {
      if (said.type() === 'error' && !ANSWERED.test(said.text())) faults.push(`console: ${said.text()}`);
    });
    context.on('weberror', (thrown) => void faults.push(`thrown: ${thrown.error().message}`));
    context.on('dialog', (dialog) => {
      if (dialog.type() !== 'beforeunload') faults.push(`dialog: ${dialog.message()}`);
    });
    context.on('request', (request) => {
      if (!isOwn(request.url())) faults.push(`request: ${request.url()}`);
    });
    return context;
  }
  const newContext: Stage['newContext'] = async (options) => look(await stage.newContext(options));
  return { stage: { ...stage, newContext }, faults };
}

/** Breaks the policy of a page or a frame on purpose, to show that it demands trusted types and that this is seen. */
export const breakPolicy = (frame: Frame): Promise<void> =>
  frame.evaluate(() => {
    try {
      document.createElement('p').innerHTML = '<b>text</b>';
    } catch {
      // refused, as it should be
    }
  });
