import type { Namespace, Socket } from 'socket.io';
import type { Limits } from '@clbchat/shared/limits';
import type { ProblemCode } from '@clbchat/shared/problem';
import type { Life } from '@clbchat/shared/protocol/wire';
import type { Log } from '../kernel/log.ts';
import type { Realtime } from './io.ts';
import { FORGOTTEN_HANDSHAKE, type Peer } from './peer.ts';
import type { Timers } from './timers.ts';

/** Of a CONNECT: a code, and for `lost` the life of the store that does not know the visit. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly life?: Life;
}

export interface DoorNeeds {
  readonly realtime: Realtime;
  readonly limits: Limits;
  readonly log: Log;
  /**
   * Counts a CONNECT of this tag; how long it waits in ms when it had too many lately and the house is busy. Longer than
   * `maxMs` says that it cannot wait so long, and then the turn stays whoever's comes next.
   */
  readonly connectWaitMs: (tag: string, maxMs: number) => number;
  readonly timers: Timers;
}

/** Longer than a store may take to say that it does not answer. */
const CHECK_WITHIN_MS = 10_000;

/**
 * What every CONNECT passes first. Its `auth` is taken out of the socket, and with it everything else about the
 * request, so that no library that describes sockets can describe a person.
 *
 * @param claims whether the auth says that it is somebody: only who says so passes a house that is busy
 * @param check says who it is, or refuses as a request is refused. It gets the auth and what is known of the connection.
 * @returns who it is, told once: nothing is kept of a CONNECT
 */
export function guard<Known extends object>(
  namespace: Namespace,
  { realtime, limits, log, timers, connectWaitMs }: DoorNeeds,
  claims: (auth: unknown, peer: Peer) => boolean,
  check: (auth: unknown, peer: Peer, connection: Socket['conn']) => Promise<{ ok: Known } | { no: Refusal }>,
): (socket: Socket) => Known | undefined {
  const known = new WeakMap<Socket, Known>();
  namespace.use((socket, next) => {
    const auth: unknown = socket.handshake.auth;
    Object.assign(socket, { handshake: FORGOTTEN_HANDSHAKE });
    const peer = realtime.peerOf(socket.conn);
    // Socket.IO sends the message and `data`: the code, and the life of a store that does not know the visit
    const refuse = ({ code, life }: Refusal) => {
      peer?.stranger.goesOut();
      next(Object.assign(new Error(code), life !== undefined && { data: { life } }));
      setImmediate(() => socket.conn.close()); // there is no second CONNECT on a connection
    };
    if (!peer) return refuse({ code: 'unavailable' });
    const somebody = claims(auth, peer);
    // who says that it is somebody waits for its turn to be looked at, so that nobody can keep the store busy with claims
    const maxMs = somebody ? limits.connectWaitMsMax : 0;
    const waitMs = connectWaitMs(peer.tag, maxMs);
    if (waitMs > maxMs) return refuse({ code: 'too_fast' });
    peer.stranger.within(limits.connectWithinMs + waitMs + CHECK_WITHIN_MS, () => socket.conn.close());
    void answer(auth, peer);

    async function answer(said: unknown, from: Peer): Promise<void> {
      if (waitMs > 0) await new Promise<void>((turn) => timers.after(waitMs, turn));
      // the room after everything else: nobody gives up a place to who is refused
      const no = (await admit(said, from, socket)) ?? (somebody ? null : takeRoom(from));
      if (no === null) next();
      else refuse(no);
    }
  });

  /** Of a guest. @returns why not, or null */
  function takeRoom({ tag, stranger }: Peer): Refusal | null {
    if (realtime.hasItsShare(tag) || realtime.isFull(tag)) return { code: 'full_house' };
    stranger.isGuest();
    return null;
  }

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
  return (socket) => {
    const found = known.get(socket);
    known.delete(socket);
    return found;
  };
}
