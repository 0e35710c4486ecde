import { Cluster } from 'ioredis';
import type { Line } from './client.ts';
import { keepListening, type After } from './listening.ts';

/** Hears what is posted to this process; null: something may have been missed. */
export type HearsPost = (parcel: string | null) => void;

/** Where a process is posted to. It has the centre's tag: a script posts in the slot of its keys. Twin of `post` in live/base.lua. */
export const channelOf = (tag: string, node: string): string => `${tag}:node:${node}`;

/**
 * Subscribes to what other processes post to this one, for as long as the line is there.
 *
 * @param line a connection of its own, which does nothing else
 * @returns once it hears. Rejects when this first try is refused
 */
export async function openPost(line: Line, channel: string, hears: HearsPost, after?: After): Promise<void> {
  line.on('smessage', (to: string, parcel: string) => {
    if (to === channel) hears(parcel);
  });
  function anew(): Promise<unknown> {
    // the library keeps each channel of a cluster once more for each time that it is asked, and forgets all of them together
    if (line instanceof Cluster) line.sunsubscribe(channel).catch(() => undefined);
    return line.ssubscribe(channel);
  }
  // what was posted while nobody heard is nowhere: that is said once it hears, or what comes until then would be missed in silence
  keepListening(line, { subscribe: anew, hears: () => hears(null), after });
  await line.ssubscribe(channel);
}
