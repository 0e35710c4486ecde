import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Limits } from '@clbchat/shared/limits';
import { REALTIME_PATH } from '@clbchat/shared/protocol/wire';
import { Server, type Namespace } from 'socket.io';
import { admitted } from './admit.ts';
import { onEverything } from './headers.ts';
import { strictParser } from './parser.ts';
import { forgottenRequest, scrub, type Peer, type SignedIn } from './peer.ts';
import { bucket } from './rate.ts';
import { refuseUpgrade } from './refuse.ts';

interface Needs {
  readonly limits: Limits;
  readonly nowMs: () => number;
  readonly secure: boolean;
  /** of the chat and the console; never a school's */
  readonly origins: () => readonly string[];
  readonly tagOf: (address: string | undefined) => string;
  readonly signedIn: (cookies: string | undefined) => SignedIn | null;
}

export interface Realtime {
  readonly visitors: Namespace;
  readonly counsellors: Namespace;
  isFor(request: IncomingMessage): boolean;
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  peerOf(connection: object): Peer | undefined;
  /** connections with this tag */
  countOf(tag: string): number;
  close(): Promise<void>;
}

const isFor = ({ url = '' }: IncomingMessage) => url.startsWith(REALTIME_PATH);

/** Socket.IO as SECURITY of the plan, 3.4, settles it. Every request passes `admitted` before Socket.IO sees it. */
// over 80 lines because the settings of one server stand together
export function createRealtime({ limits, nowMs, secure, origins, tagOf, signedIn }: Needs): Realtime {
  const fixed = onEverything(secure);
  const peersOfRequests = new WeakMap<object, Peer>();
  const peers = new WeakMap<object, Peer>();
  const counts = new Map<string, number>();
  const upgraded = new Set<Duplex>();

  // Never listens: requests are handed to it once they were admitted, whichever address they came in by.
  const inner = createServer();
  const io = new Server(inner, {
    path: REALTIME_PATH,
    serveClient: false,
    transports: ['websocket', 'polling'],
    allowEIO3: false,
    cookie: false,
    cors: {
      origin: (origin, tell) => tell(null, origin !== undefined && origins().includes(origin)),
      methods: ['GET', 'POST'],
      credentials: false,
    },
    maxHttpBufferSize: limits.packetBytesMax,
    perMessageDeflate: false,
    httpCompression: false,
    pingInterval: 20_000,
    pingTimeout: 20_000,
    upgradeTimeout: 5_000,
    connectTimeout: 5_000,
    destroyUpgradeTimeout: 500,
    parser: strictParser({ namespaces: ['/visitor', '/counsellor'], charsMax: limits.packetBytesMax }),
  });
  const visitors = io.of('/visitor');
  const counsellors = io.of('/counsellor');

  // Also for the answer that opens a WebSocket, which no route ever sees.
  io.engine.on('headers', (headers: Record<string, string>) => Object.assign(headers, fixed));
  // Before Socket.IO's own listener, so that it never sees more of a request than we keep.
  io.engine.prependListener('connection', (raw) => {
    const peer = peersOfRequests.get(raw.request);
    Object.assign(raw, { request: forgottenRequest(), remoteAddress: '' });
    if (!peer || io.engine.clientsCount > limits.socketsMax) return raw.close(true);
    peers.set(raw, peer);
    counts.set(peer.tag, (counts.get(peer.tag) ?? 0) + 1);
    raw.once('close', () => {
      cutLater(raw);
      const left = (counts.get(peer.tag) ?? 1) - 1;
      if (left > 0) counts.set(peer.tag, left);
      else counts.delete(peer.tag);
    });
    const packets = bucket({ perSecond: limits.packetsPerSecond, burst: limits.packetsBurst }, nowMs);
    raw.on('packet', () => {
      if (!packets.spend()) raw.close(true);
    });
  });

  /** Notes who asks, then takes out of the request everything that could tell it again. */
  function admit(request: IncomingMessage): boolean {
    const origin = admitted(origins(), request);
    if (origin !== null) {
      const { headers, socket } = request;
      peersOfRequests.set(request, { tag: tagOf(socket.remoteAddress), origin, signedIn: signedIn(headers.cookie) });
    }
    scrub(request);
    return origin !== null;
  }

  return {
    visitors,
    counsellors,
    isFor,
    request(request, response) {
      if (admit(request)) return void inner.emit('request', request, response);
      response.writeHead(403, { 'content-type': 'application/json' }).end('{"code":"not_yours"}');
    },
    upgrade(request, socket, head) {
      if (!isFor(request) || !admit(request)) return refuseUpgrade(socket, fixed);
      upgraded.add(socket);
      socket.once('close', () => upgraded.delete(socket));
      inner.emit('upgrade', request, socket, head);
    },
    peerOf: (connection) => peers.get(connection),
    countOf: (tag) => counts.get(tag) ?? 0,
    async close() {
      await io.close();
      for (const socket of upgraded) socket.end(() => socket.destroy()); // the goodbye leaves first
    },
  };
}

const GOODBYE_MS = 1_000;

/** A WebSocket that was closed waits half a minute for the other end to agree. Who attacks never does. */
function cutLater({ transport }: { transport: { name: string; socket?: { terminate(): void } } }): void {
  const { socket } = transport;
  if (socket) setTimeout(() => socket.terminate(), GOODBYE_MS).unref();
}
