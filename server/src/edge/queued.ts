import type { IncomingMessage } from 'node:http';
import type { Limits } from '@clbchat/shared/limits';

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
  on(event: 'packetCreate', run: (packet: { readonly data?: unknown }) => void): unknown;
  on(event: 'flush' | 'packet', run: () => void): unknown;
  once(event: 'close', run: () => void): unknown;
}

/** Ends a connection now: nothing that waits is sent, and nobody is waited for. */
export function cutOff(raw: Raw): void {
  const { socket } = raw.transport;
  raw.close(true);
  socket?.terminate();
}

interface Queue {
  tag(): string;
  /** that wait to be read by the other end */
  bytes(): number;
  cut(): void;
}

/** All that waits for peers who do not read. */
export interface Queues {
  /** @returns what ends the watching */
  watch(queue: Queue): () => void;
  /** Packets of a session: each is looked at before it is kept, whoever made it. */
  watchPackets(raw: Raw, tag: string): void;
  /** Cuts off whoever has too much waiting, and all of the fullest tag when everything together is too much. */
  sweep(): void;
}

/** Bounds in bytes, for one peer and for the house: hints, answers, refusals, files, and what libraries say by themselves. */
export function createQueues({ queuedBytesMax, queuedBytesHouseMax }: Limits): Queues {
  const watched = new Set<Queue>();

  function watch(queue: Queue): () => void {
    watched.add(queue);
    return () => void watched.delete(queue);
  }
  function fullest(): Queue[] {
    const byTag = new Map<string, { bytes: number; queues: Queue[] }>();
    for (const queue of watched) {
      const all = byTag.get(queue.tag()) ?? { bytes: 0, queues: [] };
      all.bytes += queue.bytes();
      all.queues.push(queue);
      byTag.set(queue.tag(), all);
    }
    return [...byTag.values()].toSorted((a, b) => b.bytes - a.bytes)[0]?.queues ?? [];
  }

  return {
    watch,
    watchPackets(raw, tag) {
      let kept = 0; // in Engine.IO's own list, until its transport takes all of it
      const passed = () => raw.transport.socket?.bufferedAmount ?? raw.transport.res?.writableLength ?? 0;
      raw.on('flush', () => (kept = 0));
      raw.on('packetCreate', ({ data }) => {
        if (typeof data === 'string') kept += Buffer.byteLength(data);
        if (kept + passed() > queuedBytesMax) cutOff(raw);
      });
      raw.once('close', watch({ tag: () => tag, bytes: () => kept, cut: () => cutOff(raw) }));
    },
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
