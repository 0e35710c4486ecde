import type { Connections } from './connections.ts';
import type { Raw } from './queued.ts';
import type { Stranger } from './strangers.ts';

interface Polled extends Raw {
  once(event: 'close', run: () => void): unknown;
}

/**
 * In long polling a session has one request that waits and one that sends; Engine.IO ends it at a second of either kind.
 * Those two belong to it: who is somebody does not lose them to strangers of the same address. What only names the
 * session, and is refused, is not its own, and neither is a connection that it has used before.
 */
export function vouchForPolls(raw: Polled, connections: Connections, stranger: Stranger): void {
  const { transport } = raw;
  if (transport.name !== 'polling') return; // a WebSocket is vouched for when it opens
  const own = new Map<string, () => void>();
  const take = transport.onRequest.bind(transport);
  transport.onRequest = (request) => {
    const { method = '', socket } = request;
    if (stranger.isSettled()) {
      own.get(method)?.();
      own.set(method, connections.vouch(socket));
    }
    take(request); // ends the session when there is one already
  };
  raw.once('close', () => {
    for (const takeBack of own.values()) takeBack();
  });
}
