import type { BrowserContext, Page } from 'playwright-core';

/** What went over the network from one person's browser. */
export interface Traffic {
  /** addresses of every request, sockets included */
  readonly addresses: string[];
  /** every WebSocket message, both ways, as text */
  readonly messages: string[];
}

export function listenTo(context: BrowserContext): Traffic {
  const traffic: Traffic = { addresses: [], messages: [] };
  context.on('request', (request) => void traffic.addresses.push(request.url()));
  const follow = (page: Page) =>
    page.on('websocket', (socket) => {
      traffic.addresses.push(socket.url());
      const keep = ({ payload }: { payload: string | Buffer }) => void traffic.messages.push(payload.toString());
      socket.on('framesent', keep);
      socket.on('framereceived', keep);
    });
  context.pages().forEach(follow);
  context.on('page', follow);
  return traffic;
}
