import type { Namespace, Socket } from 'socket.io';
import type { Limits } from '@clbchat/shared/limits';
import type { ProblemCode } from '@clbchat/shared/problem';
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
 * @param check says who it is, or refuses with a code. It gets the auth and what is known of the connection.
 */
export function guard<Known extends object>(
  namespace: Namespace,
  { realtime, strangers, limits, log }: DoorNeeds,
  check: (auth: unknown, peer: Peer, connection: Socket['conn']) => Promise<{ ok: Known } | { no: ProblemCode }>,
): WeakMap<Socket, Known> {
  const known = new WeakMap<Socket, Known>();
  namespace.use((socket, next) => {
    const auth: unknown = socket.handshake.auth;
    Object.assign(socket.handshake, { headers: {}, address: '', url: '', query: {}, auth: {} });
    const peer = realtime.peerOf(socket.conn);
    const refuse = (code: ProblemCode) => next(new Error(code));
    if (!peer) return refuse('unavailable');
    if (strangers.full() || realtime.countOf(peer.tag) > limits.socketsPerTagMax) return refuse('full_house');
    void answer(auth, peer);

    async function answer(said: unknown, from: Peer): Promise<void> {
      const no = await admit(said, from, socket);
      if (no === null) return next();
      refuse(no);
      if (no === 'malformed' || no === 'no_cert') setImmediate(() => socket.conn.close());
    }
  });

  /** @returns the code of a refusal */
  async function admit(auth: unknown, peer: Peer, socket: Socket): Promise<ProblemCode | null> {
    try {
      const found = await check(auth, peer, socket.conn);
      if ('no' in found) return found.no;
      known.set(socket, found.ok);
      return null;
    } catch (err) {
      log.error('a handler failed', { event: 'connect', err });
      return 'unavailable';
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
