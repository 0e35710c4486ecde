import type { BrowserContext, Page, WebSocketRoute } from 'playwright-core';

/** One moment in the conversation between a browser and the service. */
export interface Moment {
  event: string;
  /** out: the page says it · in: the page hears it */
  way: 'out' | 'in';
  /** lost: it never gets there · passed: it does, and the page never hears an answer */
  fate: 'lost' | 'passed';
}

/**
 * Stands between a page and the service and calls `at` once, at the first message with this event; from then on the
 * line is dead. Must be called before the page opens its socket, and for all pages of a browser before they are there.
 */
export async function interruptAt(page: Page | BrowserContext, moment: Moment): Promise<{ reached: Promise<void> }> {
  let reach: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  let done = false;
  await page.routeWebSocket(/\/rt\//, (socket) => {
    const service = socket.connectToServer();
    const mine = () => !done;
    let dead = false;
    const pass = (way: Moment['way'], send: (message: string | Buffer) => void) => (message: string | Buffer) => {
      if (dead) return;
      const isIt = mine() && way === moment.way && message.toString().includes(`["${moment.event}"`);
      if (!isIt || moment.fate === 'passed') send(message);
      if (!isIt) return;
      done = true;
      dead = true;
      reach();
    };
    socket.onMessage(pass('out', (message) => service.send(message)));
    service.onMessage(pass('in', (message) => socket.send(message)));
  });
  return { reached };
}

/** A line of a page that can be cut and mended. Must be called before the page opens its socket. */
export async function cuttable(page: Page): Promise<{ cut(): Promise<void>; mend(): void }> {
  let whole = true;
  const open = new Set<WebSocketRoute>();
  await page.routeWebSocket(/\/rt\//, (socket) => {
    if (!whole) return void socket.close();
    open.add(socket);
    socket.connectToServer();
  });
  await page.route(/\/rt\//, (route) => (whole ? route.continue() : route.abort()));
  return {
    async cut() {
      whole = false;
      await Promise.all([...open].map((socket) => socket.close()));
      open.clear();
    },
    mend() {
      whole = true;
    },
  };
}
