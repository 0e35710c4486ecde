import type { Duplex } from 'node:stream';
import type { Limits } from '@clbchat/shared/limits';
import { createCrowd, type Place } from './crowd.ts';
import type { Queues } from './queued.ts';

/** Connections of HTTP that nobody vouches for yet; a WebSocket is a session of its own (strangers.ts). */
export interface Connections {
  /** A connection was opened. */
  meet(socket: Duplex, tag: string): void;
  /** A request came by it, from somebody with this tag: behind a proxy another one each time. */
  asked(socket: Duplex, tag: string): void;
  /** Until the next request it belongs to a session of somebody who is here. @returns takes that back, unless it is over */
  vouch(socket: Duplex): () => void;
}

interface Here {
  tag: string;
  place: Place | null;
  /** of whoever vouched last; null when nobody does */
  takeBack: (() => void) | null;
}

/**
 * Node would drop whoever comes when the house is full. Here one address that opens many connections, and keeps them
 * with a request now and then, loses its own oldest.
 */
export function createConnections({ connectionsMax, socketsPerTagMax }: Limits, queues: Queues): Connections {
  const crowd = createCrowd({ max: connectionsMax, shareMax: socketsPerTagMax });
  const here = new WeakMap<Duplex, Here>();
  const enter = (socket: Duplex, tag: string) => crowd.enter(tag, () => socket.destroy());

  return {
    meet(socket, tag) {
      const one: Here = { tag, place: enter(socket, tag), takeBack: null };
      here.set(socket, one);
      const bytes = () => socket.writableLength;
      const unwatch = queues.watch({ tag: () => one.tag, bytes, cut: () => socket.destroy() });
      socket.once('close', () => {
        one.takeBack = null;
        one.place?.leave();
        unwatch();
      });
    },
    asked(socket, tag) {
      const one = here.get(socket);
      if (!one || (one.place && one.tag === tag)) return;
      one.place?.leave();
      one.tag = tag;
      one.takeBack = null;
      one.place = enter(socket, tag);
    },
    vouch(socket) {
      const one = here.get(socket);
      if (!one) return () => undefined;
      one.place?.leave();
      one.place = null;
      const takeBack = () => {
        if (one.takeBack !== takeBack) return;
        one.takeBack = null;
        one.place = enter(socket, one.tag);
      };
      one.takeBack = takeBack;
      return takeBack;
    },
  };
}
