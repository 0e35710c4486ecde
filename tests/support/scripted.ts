import type { Means } from '@clbchat/shared/client/socket/carrier';

/** A WebSocket whose other end is the test. */
interface ScriptedSocket {
  readonly address: string;
  readonly sent: string[];
  readonly closed: boolean;
  says(packet: unknown): void;
  breaks(): void;
}

/** A request whose answer is the test's. */
interface ScriptedRequest {
  readonly address: string;
  readonly init: RequestInit;
  answers(body: string, status?: number): void;
  breaks(): void;
}

export interface Scripted {
  readonly means: Means;
  readonly sockets: ScriptedSocket[];
  readonly requests: ScriptedRequest[];
  /** what listens for the network to go */
  readonly offline: Set<() => void>;
  /** the latest */
  socket(): ScriptedSocket;
  gets(): ScriptedRequest[];
  posts(): ScriptedRequest[];
}

export const GREETING = '0{"sid":"abc","upgrades":[],"pingInterval":20000,"pingTimeout":20000,"maxPayload":16384}';
export const CONNECTED = '40/visitor,{"sid":"xyz"}';

/** What a browser has, with nothing behind it: for what no service of ours does, and for time. */
export function scripted({ websocket = true } = {}): Scripted {
  const sockets: ScriptedSocket[] = [];
  const requests: ScriptedRequest[] = [];
  const offline = new Set<() => void>();

  class PageSocket {
    onmessage: ((event: { data: unknown }) => void) | null = null;
    onclose: (() => void) | null = null;
    readonly sent: string[] = [];
    readonly address: string;
    closed = false;
    constructor(address: string) {
      if (!websocket) throw new Error('forbidden here');
      this.address = address;
      sockets.push(this);
    }
    send(packet: string) {
      this.sent.push(packet);
    }
    close() {
      this.closed = true;
    }
    says(data: unknown) {
      this.onmessage?.({ data });
    }
    breaks() {
      this.onclose?.();
    }
  }

  const fetch = (address: string, init: RequestInit) =>
    new Promise<Response>((resolve, reject) => {
      const breaks = () => reject(new TypeError('gone'));
      if (init.signal?.aborted) return breaks();
      init.signal?.addEventListener('abort', breaks);
      requests.push({
        ...{ address, init, breaks },
        answers: (body, status = 200) => resolve(new Response(body, { status })),
      });
    });

  const last = () => {
    const socket = sockets.at(-1);
    if (!socket) throw new Error('no socket was opened');
    return socket;
  };
  return {
    means: {
      WebSocket: PageSocket as unknown as Means['WebSocket'],
      fetch: fetch as Means['fetch'],
      addEventListener: (_type, run) => void offline.add(run),
      removeEventListener: (_type, run) => void offline.delete(run),
    },
    ...{ sockets, requests, offline, socket: last },
    gets: () => requests.filter(({ init }) => init.method === undefined),
    posts: () => requests.filter(({ init }) => init.method === 'POST'),
  };
}
