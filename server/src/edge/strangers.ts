import type { Namespace, Socket } from 'socket.io';
import type { Limits } from '@clbchat/shared/limits';
import type { ProblemCode } from '@clbchat/shared/problem';
import type { Life } from '@clbchat/shared/protocol/wire';
import type { Log } from '../kernel/log.ts';
import type { Realtime } from './io.ts';
import type { Peer } from './peer.ts';
import type { Timers } from './timers.ts';

/** Sockets that are nobody yet: how many there are, and for how long each may stay so. */
export interface Strangers {
  full(): boolean;
  /** @returns what ends it, when the socket became somebody or went; calling it again does nothing */
  welcome(ms: number, late: () => void): () => void;
}

export function createStrangers(max: number, timers: Timers): Strangers {
  let count = 0;
  return {
    full: () => count >= max,
    welcome(ms, late) {
      count += 1;
      const stop = timers.after(ms, late);
      let done = false;
      return () => {
        if (done) return;
        done = true;
        count -= 1;
        stop();
      };
    },
  };
}

/** Of a CONNECT: a code, and for `lost` the life of the store that does not know the visit. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly life?: Life;
}

export interface DoorNeeds {
  readonly realtime: Realtime;
  readonly strangers: Strangers;
  readonly limits: Limits;
  readonly log: Log;
}

/**
 * What every CONNECT passes first. Its `auth` is taken out of the socket, and with it everything else about the
 * request, so that no library that describes sockets can describe a person.
 *
 * @param check says who it is, or refuses as a request is refused. It gets the auth and what is known of the connection.
 */
export function guard<Known extends object>(
  namespace: Namespace,
  { realtime, strangers, limits, log }: DoorNeeds,
  check: (auth: unknown, peer: Peer, connection: Socket['conn']) => Promise<{ ok: Known } | { no: Refusal }>,
): WeakMap<Socket, Known> {
  const known = new WeakMap<Socket, Known>();
  namespace.use((socket, next) => {
    const auth: unknown = socket.handshake.auth;
    Object.assign(socket.handshake, { headers: {}, address: '', url: '', query: {}, auth: {} });
    const peer = realtime.peerOf(socket.conn);
    // Socket.IO sends the message and `data`: the code, and the life of a store that does not know the visit
    const refuse = ({ code, life }: Refusal) =>
      next(Object.assign(new Error(code), life !== undefined && { data: { life } }));
    if (!peer) return refuse({ code: 'unavailable' });
    if (strangers.full() || realtime.countOf(peer.tag) > limits.socketsPerTagMax) return refuse({ code: 'full_house' });
    void answer(auth, peer);

    async function answer(said: unknown, from: Peer): Promise<void> {
      const no = await admit(said, from, socket);
      if (no === null) return next();
      refuse(no);
      if (no.code === 'malformed' || no.code === 'no_cert') setImmediate(() => socket.conn.close());
    }
  });

  /** @returns why not, or null */
  async function admit(auth: unknown, peer: Peer, socket: Socket): Promise<Refusal | null> {
    try {
      const found = await check(auth, peer, socket.conn);
      if ('no' in found) return found.no;
      known.set(socket, found.ok);
      return null;
    } catch (err) {
      log.error('a handler failed', { event: 'connect', err });
      return { code: 'unavailable' };
    }
  }
  return known;
}

/** An event that this namespace does not have: no client of ours. */
export function closeOnUnknownEvents(socket: Socket, schemas: object): void {
  socket.use(([event], next) => {
    if (typeof event === 'string' && Object.hasOwn(schemas, event)) next();
    else socket.disconnect(true);
  });
}
