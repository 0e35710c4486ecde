import { EventEmitter } from 'node:events';
import type { Realtime, RealtimeNeeds } from '@clbchat/server/edge/io';
import { Peer } from '@clbchat/server/edge/peer';
import type { Timers } from '@clbchat/shared/client/ports';
import type { Down, Up } from './wire.ts';

/** Whose connection it is, as the first request of one says. */
export interface Asker {
  readonly tag: string;
  readonly origin: string;
  readonly binding: string | null;
}
/** The far end of one connection, as the network has it. */
export interface FarEnd {
  take(packet: Up): void;
  /** the connection is gone */
  gone(): void;
}
type NamespaceName = '/visitor' | '/counsellor';
export interface Sockets {
  readonly realtime: (needs: RealtimeNeeds) => Realtime;
  open(namespace: NamespaceName, asker: Asker, send: (packet: Down) => void, hangUp: () => void): FarEnd;
}

type Next = (error?: Error & { data?: unknown }) => void;
type Middleware = (socket: unknown, next: Next) => void;

/** Of Socket.IO what the doors use: a CONNECT with its middleware, events with their acknowledgements, and the end. */
export function createSockets(timers: Timers): Sockets {
  const spaces = { '/visitor': namespace(), '/counsellor': namespace() };
  const peers = new WeakMap<object, NonNullable<ReturnType<Realtime['peerOf']>>>();
  let around: RealtimeNeeds | null = null;

  return {
    realtime(needs) {
      around = needs;
      return {
        visitors: spaces['/visitor'] as never,
        counsellors: spaces['/counsellor'] as never,
        isFor: () => false,
        request: () => undefined,
        upgrade: () => undefined,
        peerOf: (connection) => peers.get(connection),
        hasItsShare: () => false,
        isFull: () => false,
        isShort: () => false,
        sessions: () => 0,
        takeNobody: () => undefined,
        close: async () => undefined,
      };
    },
    open(name, asker, send, hangUp) {
      const conn = connection(hangUp);
      const { limits, strangers, nowMs } = around!;
      const packets = { perSecond: limits.packetsPerSecond, burst: limits.packetsBurst };
      const raw = { transport: {}, close: conn.close } as unknown as ConstructorParameters<typeof Peer>[1];
      const peer = new Peer(asker, raw, { strangers, packets, queuedBytesMax: limits.queuedBytesMax, nowMs });
      peers.set(conn, peer);
      conn.once('close', () => peer.stranger.gone());
      return socketOn(spaces[name], conn, { send, timers });
    },
  };
}

function namespace() {
  const middleware: Middleware[] = [];
  let arrives: (socket: unknown) => void = () => undefined;
  return {
    use: (one: Middleware) => void middleware.push(one),
    on: (_event: 'connection', run: (socket: unknown) => void) => void (arrives = run),
    arrives: (socket: unknown) => arrives(socket),
    pass(socket: unknown, done: Next): void {
      const step = (at: number): void => {
        const one = middleware[at];
        if (one) one(socket, (error) => (error ? done(error) : step(at + 1)));
        else done();
      };
      step(0);
    },
  };
}

function connection(hangUp: () => void) {
  const conn = Object.assign(new EventEmitter(), {
    readyState: 'open',
    writeBuffer: [] as unknown[],
    close() {
      if (conn.readyState !== 'open') return;
      hangUp();
      conn.over();
    },
    over() {
      if (conn.readyState !== 'open') return;
      conn.readyState = 'closed';
      conn.emit('close');
    },
  });
  return conn;
}

interface Ways {
  readonly send: (packet: Down) => void;
  readonly timers: Timers;
}

// over 80 lines because a socket and what reaches it share what it waits for
function socketOn(
  space: ReturnType<typeof namespace>,
  conn: ReturnType<typeof connection>,
  { send: leaves, timers }: Ways,
): FarEnd {
  const heard = new EventEmitter();
  const uses: ((packet: unknown[], next: Next) => void)[] = [];
  const asked = new Map<number, () => void>();
  let ids = 0;
  const send = (packet: Down) => {
    if (conn.readyState === 'open') leaves(packet);
  };

  const socket = {
    conn,
    connected: false,
    handshake: { auth: {} as unknown },
    use: (one: (typeof uses)[number]) => void uses.push(one),
    on: (event: string, run: (...args: unknown[]) => void) => void heard.on(event, run),
    once: (event: string, run: (...args: unknown[]) => void) => void heard.once(event, run),
    off: (event: string, run: (...args: unknown[]) => void) => void heard.off(event, run),
    emit: (event: string, body: unknown) => send({ kind: 'event', event, body, id: 0 }),
    timeout: (ms: number) => ({
      emit(event: string, answered: (late: unknown) => void) {
        const id = (ids += 1);
        const late = timers.after(ms, () => {
          asked.delete(id);
          answered(new Error('operation has timed out'));
        });
        asked.set(id, () => {
          late();
          asked.delete(id);
          answered(null);
        });
        send({ kind: 'event', event, body: null, id });
      },
    }),
    disconnect() {
      send({ kind: 'dismissed' });
      conn.close();
    },
  };
  conn.once('close', () => {
    if (!socket.connected) return;
    socket.connected = false;
    heard.emit('disconnect');
  });

  function enter(auth: unknown): void {
    socket.handshake = { auth };
    space.pass(socket, (error) =>
      queueMicrotask(() => {
        if (conn.readyState !== 'open') return;
        if (error) return send({ kind: 'refused', code: error.message, data: error.data });
        socket.connected = true;
        send({ kind: 'connected' });
        space.arrives(socket);
      }),
    );
  }
  function hear({ event, body, id }: Extract<Up, { kind: 'event' }>): void {
    const answer = (said: unknown) => send({ kind: 'ack', id, body: said });
    const pass = (at: number): void => {
      const one = uses[at];
      if (one) return one([event, body, answer], (error) => error ?? pass(at + 1));
      queueMicrotask(() => socket.connected && heard.emit(event, body, answer));
    };
    pass(0);
  }

  return {
    take(packet) {
      if (conn.readyState !== 'open') return;
      if (packet.kind === 'connect') enter(packet.auth);
      else if (packet.kind === 'alive') asked.get(packet.id)?.();
      else if (socket.connected) hear(packet);
    },
    gone: conn.over,
  };
}
