import type { Line } from './client.ts';

/** Hears what is posted to this process; null: something may have been missed. */
export type HearsPost = (parcel: string | null) => void;

/** Where a process is posted to. It has the centre's tag: a script posts in the slot of its keys. Twin of `post` in live/base.lua. */
export const channelOf = (tag: string, node: string): string => `${tag}:node:${node}`;

/**
 * Subscribes to what other processes post to this one.
 *
 * @param line a connection of its own, which does nothing else
 * @returns once it hears, or when nobody can say whether it does: then it tries again by itself
 */
export async function openPost(line: Line, channel: string, hears: HearsPost): Promise<void> {
  line.on('smessage', (to: string, parcel: string) => {
    if (to === channel) hears(parcel);
  });
  // what was posted while it was gone is nowhere; where it is gone again it says so when it is back
  const again = () => hears(null);
  line.on('ready', () => void line.ssubscribe(channel).then(again, again));
  line.on('subscribersReady' as 'ready', again); // of a cluster, where the library subscribes anew
  await line.ssubscribe(channel);
}
