import { createServer, ServerResponse, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Limits } from '@clbchat/shared/limits';
import { REALTIME_PATH } from '@clbchat/shared/protocol/wire';
import { Server, type Namespace, type ServerOptions } from 'socket.io';
import { admitted, canUpgrade, isPoll } from './admit.ts';
import { onEverything } from './headers.ts';
import { strictParser } from './parser.ts';
import type { Addresses } from './addresses.ts';
import type { Connections } from './connections.ts';
import { countsByNetwork } from './networks.ts';
import { FORGOTTEN_REQUEST, Peer, scrub, type Asker } from './peer.ts';
import { cutOff, type Queues, type Raw } from './queued.ts';
import { vouchForPolls } from './polls.ts';
import { refuseRequest, refuseUpgrade } from './refuse.ts';
import type { Strangers } from './strangers.ts';
import { countedWebSockets } from './webSockets.ts';

export interface RealtimeNeeds {
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
  /** whether a network of this tag has as many sessions as it may have while the house is more than half full */
  hasItsShare(tag: string): boolean;
  /**
   * Whether only the room is left that is kept for who is somebody. Who has not joined goes for whoever comes from a network of
   * which fewer are here.
   */
  isFull(tag: string): boolean;
  /** whether less than half of that is left */
  isShort(): boolean;
  /** that stand, whoever's they are */
  sessions(): number;
  /** From now on no session begins here, and who is nobody yet comes again elsewhere. */
  takeNobody(): void;
  close(): Promise<void>;
}

/**
 * What is known of a session stands on Engine.IO's own record of it, and one function for all is what listens: ten
 * thousand who wait cost a record each, and no map, closure or timer.
 */
interface Held extends Raw {
  readonly request: object;
  peer?: Peer;
  on(event: 'packetCreate', run: (this: Held, packet: { readonly data?: unknown }) => void): unknown;
  on(event: 'packet' | 'close', run: (this: Held) => void): unknown;
  once(event: 'close', run: () => void): unknown;
}
const peerOf = (connection: object): Peer | undefined => (connection as Held).peer;

function sent(this: Held): void {
  this.peer?.sent();
}
function keeps(this: Held, { data }: { readonly data?: unknown }): void {
  this.peer?.keeps(data);
}

const sidOf = ({ url = '' }: IncomingMessage) => new URLSearchParams(url.slice(url.indexOf('?') + 1)).get('sid');
const isFor = ({ url = '' }: IncomingMessage) => url.startsWith(REALTIME_PATH);

/** Socket.IO as SECURITY of the plan, 3.4, settles it. Every request passes `admitted` before Socket.IO sees it. */
// over 80 lines because the settings of one server stand together
export function createRealtime(needs: RealtimeNeeds): Realtime {
  const { limits, nowMs, secure, chat, console, addresses, connections, strangers, queues, bindingOf } = needs;
  const origins = () => [chat(), console()];
  const fixed = onEverything(secure);
  const askers = new WeakMap<object, Asker>();
  const counts = countsByNetwork();
  const upgraded = new Set<Duplex>();
  let takesNobody = false;
  const around = {
    ...{ strangers, nowMs, queuedBytesMax: limits.queuedBytesMax },
    packets: { perSecond: limits.packetsPerSecond, burst: limits.packetsBurst },
  };

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
  for (const { adapter } of [visitors, counsellors]) Object.assign(adapter, NO_ROOMS);

  // What stands for the answer to an upgrade lives as long as the WebSocket, and would keep its request.
  io.engine.use((_request: IncomingMessage, response: object, next: () => void) => {
    if (!(response instanceof ServerResponse)) Object.assign(response, { req: FORGOTTEN_REQUEST });
    next();
  });
  // Also for the answer that opens a WebSocket, which no route ever sees.
  io.engine.on('headers', (headers: Record<string, string>) => Object.assign(headers, fixed));
  // Before Socket.IO's own listener, so that it never sees more of a request than we keep.
  io.engine.prependListener('connection', (raw: Held) => {
    const asker = askers.get(raw.request);
    askers.delete(raw.request);
    Object.assign(raw, { request: FORGOTTEN_REQUEST, remoteAddress: '', close: endSoon });
    if (!asker) return cutOff(raw);
    const peer = (raw.peer = new Peer(asker, raw, around));
    counts.add(peer.tag, 1);
    queues.watch(peer);
    raw.on('packet', sent);
    raw.on('packetCreate', keeps);
    raw.on('close', gone);
    vouchForPolls(raw, connections, peer.stranger);
    peer.stranger.within(limits.connectWithinMs, () => peer.cut());
  });
  io.engine.on('flush', ({ peer }: Held) => peer?.keepsNothing());

  function gone(this: Held): void {
    cutLater(this);
    if (!this.peer) return;
    const { tag, stranger } = this.peer;
    stranger.gone();
    queues.forget(this.peer);
    counts.add(tag, -1);
  }

  /** The chat's page has no business at a desk, nor the console's in the line. */
  function only(namespace: Namespace, whose: () => string): void {
    namespace.use((socket, next) => {
      if (peerOf(socket.conn)?.origin === whose()) return next();
      next(new Error('not_yours'));
      setImmediate(() => socket.conn.close()); // there is no second CONNECT on a connection
    });
  }

  /** Notes who asks, then takes out of the request everything that could tell it again. */
  function admit(request: IncomingMessage): boolean {
    const origin = admitted(origins(), request);
    const tag = addresses.of(request);
    // who works here may be a visitor in the same browser: nothing of her session stands beside that
    const binding = origin === console() ? bindingOf(request.headers.cookie) : null;
    if (origin !== null) askers.set(request, { tag, origin, binding });
    scrub(request);
    return origin !== null;
  }

  function closed(this: Duplex): void {
    upgraded.delete(this);
  }

  /**
   * For one session more. Who it is nobody knows yet: some room is kept for who turns out to be somebody, so that nobody is cut
   * off while she says who she is for the next that knocks; past that a stranger makes room.
   */
  const hasRoom = () => io.engine.clientsCount < limits.socketsMax + limits.socketsKeptMax || strangers.makeRoom();

  return {
    visitors,
    counsellors,
    isFor,
    request(request, response) {
      if (!admit(request)) return refuseRequest(response);
      if (!isPoll(request)) return refuseRequest(response, 'malformed');
      if (sidOf(request) === null && takesNobody) return refuseRequest(response, 'unavailable');
      if (sidOf(request) === null && !hasRoom()) return refuseRequest(response, 'full_house');
      inner.emit('request', request, response);
    },
    upgrade(request, socket, head) {
      if (!isFor(request) || !admit(request)) return refuseUpgrade(socket, fixed);
      if (!canUpgrade(request)) return refuseUpgrade(socket, fixed, 'malformed');
      if (takesNobody) return refuseUpgrade(socket, fixed, 'unavailable');
      if (!hasRoom()) return refuseUpgrade(socket, fixed, 'full_house');
      connections.vouch(socket); // from here on its session counts
      upgraded.add(socket);
      socket.on('close', closed);
      inner.emit('upgrade', request, socket, head);
    },
    peerOf,
    hasItsShare: (tag) => 2 * io.engine.clientsCount > limits.socketsMax && counts.isPast(tag, limits.socketsPerTagMax),
    isFull: (tag) => strangers.inside() >= limits.socketsMax && !strangers.makeRoomFor(tag),
    isShort: () => strangers.insideSoon() > limits.socketsMax + limits.socketsKeptMax / 2,
    sessions: () => io.engine.clientsCount,
    takeNobody() {
      takesNobody = true;
      // documented as the hash of all that are connected, and typed as its own
      const { clients } = io.engine as unknown as { clients: Record<string, Held> };
      for (const raw of Object.values(clients)) if (!raw.peer?.stranger.isSettled()) raw.close();
    },
    async close() {
      await io.close();
      for (const socket of upgraded) socket.end(() => socket.destroy()); // the goodbye leaves first
    },
  };
}

/** A hint goes by its fence to one socket (hub.ts): nobody is in a room, and not in one of its own. */
const NO_ROOMS = { addAll: () => undefined, delAll: () => undefined };

const GOODBYE_MS = 1_000;

/** A WebSocket that was closed waits half a minute for the other end to agree. Who attacks never does. */
function cutLater({ transport: { socket } }: Raw): void {
  if (socket) setTimeout(() => socket.terminate(), GOODBYE_MS).unref();
}

/** Whoever closes it, Socket.IO too: what waits may leave first, and nobody waits longer for an end that does not read. */
function endSoon(this: Raw, discard?: boolean): void {
  const { close } = Object.getPrototypeOf(this) as Raw;
  close.call(this, discard);
  if (discard !== true) setTimeout(() => close.call(this, true), GOODBYE_MS).unref();
}
