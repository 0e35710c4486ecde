import type { Browser } from 'playwright-core';

/**
 * A tab that a person has really put behind another one. Playwright keeps every page of its own visible, so this one
 * lives in a browser context that Playwright does not know and is spoken to by the protocol itself.
 */
export interface HiddenTab {
  /** runs an expression in the page and answers its value, after a promise that it may be */
  run<Value>(expression: string): Promise<Value>;
  /** asks again until the expression is true */
  until(expression: string): Promise<void>;
  /** another tab of the same window comes in front */
  hide(): Promise<void>;
}

/** Chromium as people use it: a hidden page's timers sleep, after two seconds for a minute at a time. */
export const sleepyTimers = {
  args: ['--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/2'],
  ignoreDefaultArgs: [
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
  ],
};

interface Answer {
  id?: number;
  result?: { result?: { value?: unknown }; exceptionDetails?: { exception?: { description?: string } } };
}

export async function openHiddenTab(browser: Browser, url: string): Promise<HiddenTab> {
  const protocol = await browser.newBrowserCDPSession();
  const { browserContextId } = await protocol.send('Target.createBrowserContext');
  const { targetId } = await protocol.send('Target.createTarget', { url, browserContextId });
  const { sessionId } = await protocol.send('Target.attachToTarget', { targetId, flatten: false });
  const waiting = new Map<number, (answer: Answer) => void>();
  protocol.on('Target.receivedMessageFromTarget', ({ message }) => {
    const answer = JSON.parse(message) as Answer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });

  let asked = 0;
  const run = async <Value>(expression: string): Promise<Value> => {
    const id = ++asked;
    const answer = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    const params = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
    const message = JSON.stringify({ id, method: 'Runtime.evaluate', params });
    await protocol.send('Target.sendMessageToTarget', { sessionId, message });
    const { result } = await answer;
    waiting.delete(id);
    if (result?.exceptionDetails) throw new Error(result.exceptionDetails.exception?.description ?? expression);
    return result?.result?.value as Value;
  };
  return {
    run,
    async until(expression) {
      const deadline = performance.now() + 60_000;
      while (!(await run<boolean>(`Boolean(${expression})`))) {
        if (performance.now() > deadline) throw new Error(`not true within a minute: ${expression}`);
        // the page's own timers sleep, a message channel does not
        await run(
          'new Promise((go) => { const c = new MessageChannel(); c.port1.onmessage = go; c.port2.postMessage(0); })',
        );
      }
    },
    async hide() {
      await protocol.send('Target.createTarget', { url: 'about:blank', browserContextId });
    },
  };
}
