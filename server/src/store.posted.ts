import { hintsIn, type Posted } from './live/posted.ts';
import type { Line } from './redis/client.ts';
import { channelOf, openPost } from './redis/post.ts';

/**
 * What other processes post to this one over the live Redis.
 *
 * @param line a connection of its own, which does nothing else
 * @param node whose post it is: the process that the store's commands name as theirs
 */
export async function openPosted(line: Line, tag: string, node: string): Promise<Posted> {
  const hearing = new Set<Parameters<Posted>[0]>();
  await openPost(line, channelOf(tag, node), (parcel) => {
    const hints = parcel === null ? null : hintsIn(parcel);
    for (const hears of hearing) hears(hints);
  });
  return (hears) => {
    hearing.add(hears);
    return () => void hearing.delete(hears);
  };
}
