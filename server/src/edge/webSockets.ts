import type { Limits } from '@clbchat/shared/limits';
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';
import { bucket } from './rate.ts';

interface Needs {
  readonly limits: Limits;
  readonly nowMs: () => number;
}

type HandleUpgrade = WebSocketServer['handleUpgrade'];

/**
 * The WebSockets below Engine.IO. `ws` answers each ping by itself, below every counter of ours, and keeps the answers
 * for an end that does not read. Here a ping or pong is counted like anything else that a peer sends, and one that goes
 * on is cut off: browsers let no page send any.
 */
export function countedWebSockets({ limits, nowMs }: Needs): typeof WebSocketServer {
  const { fragmentsMax } = limits;
  return class extends WebSocketServer<typeof WebSocket> {
    constructor(options: ServerOptions) {
      super({ ...options, autoPong: false, maxFragments: fragmentsMax } as ServerOptions); // newer than its types
    }

    override handleUpgrade(...[request, socket, head, opened]: Parameters<HandleUpgrade>): void {
      super.handleUpgrade(request, socket, head, (webSocket, asked) => {
        const control = bucket({ perSecond: limits.controlFramesPerSecond, burst: limits.controlFramesBurst }, nowMs);
        const count = (answer: () => void) => (control.spend() ? answer() : webSocket.terminate());
        webSocket.on('ping', (data) => count(() => webSocket.pong(data)));
        webSocket.on('pong', () => count(() => undefined));
        opened(webSocket, asked);
      });
    }
  } as typeof WebSocketServer;
}
