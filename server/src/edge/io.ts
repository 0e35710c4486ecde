import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Limits } from '@clbchat/shared/limits';
import { REALTIME_PATH } from '@clbchat/shared/protocol/wire';
import { Server, type Namespace, type ServerOptions } from 'socket.io';
import { admitted, canUpgrade, isPoll } from './admit.ts';
import { onEverything } from './headers.ts';
import { strictParser } from './parser.ts';
import type { Addresses } from './addresses.ts';
import type { Connections } from './connections.ts';
import { forgottenRequest, scrub, type Asker, type Peer } from './peer.ts';
import { cutOff, type Queues, type Raw } from './queued.ts';
import { vouchForPolls } from './polls.ts';
import { bucket } from './rate.ts';
import { refuseRequest, refuseUpgrade } from './refuse.ts';
import type { Strangers } from './strangers.ts';
import { countedWebSockets } from './webSockets.ts';

interface Needs {
  readonly limits: Limits;
  readonly nowMs: () => number;
  readonly secure: boolean;
  /** of the chat's pages, which alone are visitors, and of the console's; never a school's */
  readonly chat: () => string;
  readonly console: () => string;
  readonly addresses: Addresses;
  readonly connections: Connections;
  readonly strangers: Strangers;
  readonly queues: Queues;
  /** the digest of a session cookie, if there is one */
  readonly bindingOf: (cookies: string | undefined) => string | null;
}

type CorsOptions = Exclude<ServerOptions['cors'], (...asked: never[]) => unknown>;

export interface Realtime {
  readonly visitors: Namespace;
  readonly counsellors: Namespace;
  isFor(request: IncomingMessage): boolean;
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  peerOf(connection: object): Peer | undefined;
  /** whether this tag has as many sessions as it may have while the house is more than half full */
  hasItsShare(tag: string): boolean;
  close(): Promise<void>;
}

const sidOf = ({ url = '' }: IncomingMessage) => new URLSearchParams(url.slice(url.indexOf('?') + 1)).get('sid');
const isFor = ({ url = '' }: IncomingMessage) => url.startsWith(REALTIME_PATH);

/** Socket.IO as SECURITY of the plan, 3.4, settles it. Every request passes `admitted` before Socket.IO sees it. */
// over 80 lines because the settings of one server stand together
export function createRealtime(needs: Needs): Realtime {
  const { limits, nowMs, secure, chat, console, addresses, connections, strangers, queues, bindingOf } = needs;
  const origins = () => [chat(), console()];
  const fixed = onEverything(secure);
  const askers = new WeakMap<object, Asker>();
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
    // a console of another host brings its cookie; the chat has none to bring
    cors: (
      { headers }: { headers: { origin?: string | undefined } },
      tell: (error: null, options: CorsOptions) => void,
    ) => {
      const { origin = '' } = headers;
      const credentials = origin === console() && origin !== chat();
      tell(null, { origin: origins().includes(origin) && origin, methods: ['GET', 'POST'], credentials });
    },
    wsEngine: countedWebSockets({ limits, nowMs }),
    maxHttpBufferSize: limits.packetBytesMax,
    perMessageDeflate: false,
    httpCompression: false,
    pingInterval: 20_000,
    pingTimeout: 20_000,
    allowUpgrades: false, // a page of ours tries one way and then the other, each from the beginning
    upgradeTimeout: 5_000,
    connectTimeout: 60_000, // ours is connectWithinMs, which waits for nobody to agree
    destroyUpgradeTimeout: 500,
    parser: strictParser({ namespaces: ['/visitor', '/counsellor'], charsMax: limits.packetBytesMax }),
  });
  const visitors = io.of('/visitor');
  const counsellors = io.of('/counsellor');
  only(visitors, chat);
  only(counsellors, console);

  // Also for the answer that opens a WebSocket, which no route ever sees.
  io.engine.on('headers', (headers: Record<string, string>) => Object.assign(headers, fixed));
  // Before Socket.IO's own listener, so that it never sees more of a request than we keep.
  io.engine.prependListener('connection', (raw: Raw & { request: object }) => {
    const asker = askers.get(raw.request);
    Object.assign(raw, { request: forgottenRequest(), remoteAddress: '' });
    if (!asker) return cutOff(raw);
    const { tag } = asker;
    const stranger = strangers.meet(tag, () => cutOff(raw));
    peers.set(raw, { ...asker, stranger });
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
    raw.once('close', () => {
      stranger.gone();
      cutLater(raw);
      const left = (counts.get(tag) ?? 1) - 1;
      if (left > 0) counts.set(tag, left);
      else counts.delete(tag);
    });
    queues.watchPackets(raw, tag);
    vouchForPolls(raw, connections, stranger.isSettled);
    endSoon(raw);
    stranger.within(limits.connectWithinMs, () => cutOff(raw));
    const packets = bucket({ perSecond: limits.packetsPerSecond, burst: limits.packetsBurst }, nowMs);
    raw.on('packet', () => {
      if (!packets.spend()) cutOff(raw);
    });
  });

  /** The chat's page has no business at a desk, nor the console's in the line. */
  function only(namespace: Namespace, whose: () => string): void {
    namespace.use((socket, next) => {
      if (peers.get(socket.conn)?.origin === whose()) return next();
      next(new Error('not_yours'));
      setImmediate(() => socket.conn.close()); // there is no second CONNECT on a connection
    });
  }

  /** Notes who asks, then takes out of the request everything that could tell it again. */
  function admit(request: IncomingMessage): boolean {
    const origin = admitted(origins(), request);
    const tag = addresses.of(request);
    if (origin !== null) askers.set(request, { tag, origin, binding: bindingOf(request.headers.cookie) });
    scrub(request);
    return origin !== null;
  }

  /** For one session more; a stranger makes room. */
  const hasRoom = () => io.engine.clientsCount < limits.socketsMax || strangers.makeRoom();

  return {
    visitors,
    counsellors,
    isFor,
    request(request, response) {
      if (!admit(request)) return refuseRequest(response);
      if (!isPoll(request)) return refuseRequest(response, 'malformed');
      if (sidOf(request) === null && !hasRoom()) return refuseRequest(response, 'full_house');
      inner.emit('request', request, response);
    },
    upgrade(request, socket, head) {
      if (!isFor(request) || !admit(request)) return refuseUpgrade(socket, fixed);
      if (!canUpgrade(request)) return refuseUpgrade(socket, fixed, 'malformed');
      if (!hasRoom()) return refuseUpgrade(socket, fixed, 'full_house');
      connections.vouch(socket); // from here on its session counts
      upgraded.add(socket);
      socket.once('close', () => upgraded.delete(socket));
      inner.emit('upgrade', request, socket, head);
    },
    peerOf: (connection) => peers.get(connection),
    hasItsShare: (tag) =>
      2 * io.engine.clientsCount > limits.socketsMax && (counts.get(tag) ?? 0) > limits.socketsPerTagMax,
    async close() {
      await io.close();
      for (const socket of upgraded) socket.end(() => socket.destroy()); // the goodbye leaves first
    },
  };
}

const GOODBYE_MS = 1_000;

/** A WebSocket that was closed waits half a minute for the other end to agree. Who attacks never does. */
function cutLater({ transport: { socket } }: Raw): void {
  if (socket) setTimeout(() => socket.terminate(), GOODBYE_MS).unref();
}

/** Whoever closes it, Socket.IO too: what waits may leave first, and nobody waits longer for an end that does not read. */
function endSoon(raw: Raw): void {
  const close = raw.close.bind(raw);
  raw.close = (discard) => {
    close(discard);
    if (discard !== true) setTimeout(() => close(true), GOODBYE_MS).unref();
  };
}
