import type { Duplex } from 'node:stream';
import type { Limits } from '@clbchat/shared/limits';
import { createCrowd, type Place } from './crowd.ts';
import type { Queue, Queues } from './queued.ts';

/** Connections of HTTP that nobody vouches for yet; a WebSocket is a session of its own (strangers.ts). */
export interface Connections {
  /** A connection was opened. @param tag null where nobody knows whose it is before its first request */
  meet(socket: Duplex, tag: string | null): void;
  /** A request came by it, from somebody with this tag: behind a proxy another one each time. */
  asked(socket: Duplex, tag: string): void;
  /** Until the next request it belongs to a session of somebody who is here. @returns takes that back, unless it is over */
  vouch(socket: Duplex): () => void;
}

/** One connection, and what waits in it. */
class Connection implements Queue {
  tag: string;
  /** nobody knows whose it is before its first request */
  isNew: boolean;
  /** null while somebody vouches for it */
  place: Place | null = null;
  /** how often somebody began to vouch, or to ask: what an earlier one takes back is over */
  turn = 0;
  readonly #socket: Duplex;

  constructor(socket: Duplex, tag: string | null) {
    this.#socket = socket;
    this.isNew = tag === null;
    this.tag = tag ?? '';
  }
  bytes(): number {
    return this.#socket.writableLength;
  }
  cut(): void {
    this.#socket.destroy();
  }
}

/**
 * Node would drop whoever comes when the house is full. Here one address that opens many connections, and keeps them
 * with a request now and then, loses its own oldest.
 */
export function createConnections({ connectionsMax, socketsPerTagMax }: Limits, queues: Queues): Connections {
  const crowd = createCrowd({ max: connectionsMax, shareMax: socketsPerTagMax });
  const here = new WeakMap<Duplex, Connection>();
  /** those that are nobody's yet: each has seconds for its first request, and none of them goes for another */
  let newcomers = 0;
  const enter = (one: Connection) => {
    if (!one.isNew) one.place = crowd.enter(one.tag, () => one.cut());
  };
  const leave = (one: Connection) => {
    one.turn += 1;
    one.place?.leave();
    one.place = null;
  };
  /** of all of them: a listener for each would be kept with it */
  function closed(this: Duplex): void {
    const one = here.get(this);
    if (!one) return;
    if (one.isNew) newcomers -= 1;
    leave(one);
    queues.forget(one);
  }

  return {
    meet(socket, tag) {
      const one = new Connection(socket, tag);
      here.set(socket, one);
      if (one.isNew) newcomers += 1;
      enter(one);
      queues.watch(one);
      socket.on('close', closed);
      if (one.isNew && newcomers > connectionsMax) one.cut();
    },
    asked(socket, tag) {
      const one = here.get(socket);
      if (!one || (one.place && one.tag === tag)) return;
      leave(one);
      if (one.isNew) newcomers -= 1;
      one.isNew = false;
      one.tag = tag;
      enter(one);
    },
    vouch(socket) {
      const one = here.get(socket);
      if (!one) return () => undefined;
      leave(one);
      const { turn } = one;
      return () => {
        if (one.turn !== turn) return;
        one.turn += 1;
        enter(one);
      };
    },
  };
}
