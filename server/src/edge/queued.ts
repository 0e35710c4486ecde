import type { IncomingMessage } from 'node:http';
import type { Limits } from '@clbchat/shared/limits';
import { networksOf, TIMES } from './networks.ts';

/** What is known of an Engine.IO socket here; its types say less. */
export interface Raw {
  readonly transport: {
    readonly name: string;
    /** takes a request of this session: a poll, or what it sends */
    onRequest(request: IncomingMessage): void;
    readonly socket?: { readonly bufferedAmount: number; terminate(): void };
    readonly res?: { readonly writableLength: number } | null;
  };
  close(discard?: boolean): void;
}

/** Ends a connection now: nothing that waits is sent, and nobody is waited for. */
export function cutOff(raw: Raw): void {
  const { socket } = raw.transport;
  raw.close(true);
  socket?.terminate();
}

/** What waits for one peer. */
export interface Queue {
  readonly tag: string;
  /** that wait to be read by the other end */
  bytes(): number;
  cut(): void;
}

/** All that waits for peers who do not read. */
export interface Queues {
  watch(queue: Queue): void;
  forget(queue: Queue): void;
  /** Cuts off whoever has too much waiting, and all of the fullest network when everything together is too much. */
  sweep(): void;
}

/** Bounds in bytes, for one peer and for the house: hints, answers, refusals, files, and what libraries say by themselves. */
export function createQueues({ queuedBytesMax, queuedBytesHouseMax }: Limits): Queues {
  const watched = new Set<Queue>();

  function fullest(): Queue[] {
    const networks = new Map<string, { share: number; queues: Queue[] }>();
    for (const queue of watched) {
      const bytes = queue.bytes();
      for (const [at, network] of networksOf(queue.tag).entries()) {
        const all = networks.get(network) ?? { share: 0, queues: [] };
        all.share += bytes / (TIMES[at] ?? 1);
        all.queues.push(queue);
        networks.set(network, all);
      }
    }
    return [...networks.values()].toSorted((a, b) => b.share - a.share)[0]?.queues ?? [];
  }

  return {
    watch: (queue) => void watched.add(queue),
    forget: (queue) => void watched.delete(queue),
    sweep() {
      let house = 0;
      for (const queue of [...watched]) {
        const bytes = queue.bytes();
        if (bytes > queuedBytesMax) queue.cut();
        else house += bytes;
      }
      if (house > queuedBytesHouseMax) for (const queue of fullest()) if (queue.bytes() > 0) queue.cut();
    },
  };
}
