import type { Limits } from '@clbchat/shared/limits';
import { WebSocket, WebSocketServer, type ServerOptions } from 'ws';
import { Bucket } from './rate.ts';

interface Needs {
  readonly limits: Limits;
  readonly nowMs: () => number;
}

/**
 * The WebSockets below Engine.IO. `ws` answers each ping by itself, below every counter of ours, and keeps the answers
 * for an end that does not read. Here a ping or pong is counted like anything else that a peer sends, and one that goes
 * on is cut off: browsers let no page send any.
 */
export function countedWebSockets({ limits, nowMs }: Needs): typeof WebSocketServer {
  const pace = { perSecond: limits.controlFramesPerSecond, burst: limits.controlFramesBurst };
  /** Its rate is made for whoever sends any; one listener serves all, for each would keep its own. */
  class Counted extends WebSocket {
    #control: Bucket | null = null;

    constructor(...made: ConstructorParameters<typeof WebSocket>) {
      super(...made);
      this.on('ping', pinged).on('pong', ponged);
    }
    mayGoOn(): boolean {
      return (this.#control ??= new Bucket(pace, nowMs)).spend();
    }
  }
  function pinged(this: WebSocket, data: Buffer): void {
    if ((this as Counted).mayGoOn()) this.pong(data);
    else this.terminate();
  }
  function ponged(this: WebSocket): void {
    if (!(this as Counted).mayGoOn()) this.terminate();
  }
  const own = { autoPong: false, maxFragments: limits.fragmentsMax, WebSocket: Counted };
  return class extends WebSocketServer<typeof WebSocket> {
    constructor(options: ServerOptions) {
      super({ ...options, ...own } as unknown as ServerOptions); // newer than its types
    }
  } as typeof WebSocketServer;
}
