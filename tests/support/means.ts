import type { Means } from '@clbchat/shared/client/socket/carrier';
import { WebSocket } from 'ws';

/** What a browser has anyway, for tests outside one: requests with the headers that a page's own would carry. */
export function means(headers: Readonly<Record<string, string>>): Means {
  class PageSocket extends WebSocket {
    constructor(address: string) {
      super(address, { headers });
      this.on('error', () => undefined); // a browser says it by closing
    }
  }
  return {
    WebSocket: PageSocket as unknown as Means['WebSocket'],
    fetch: (address, more) => fetch(address, { ...more, headers }),
  };
}
