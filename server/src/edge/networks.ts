/** Between the parts of a tag, which never have one. */
export const APART = '/';

/**
 * What an address may have, each of its networks may have so many times: the /64 of an IPv6 address, its /56, which
 * providers give to one household, and its /48, which anybody gets for nothing. Whoever fills one of them leaves something
 * to its neighbours in the wider one, and all of the widest leave half of everything to others. An IPv4 address stands for the first.
 */
export const TIMES = [1, 1.5, 2] as const;

/** The tags of the networks that an address is in, from the narrowest on, as `TIMES` has them; of any other key it is itself. */
export const networksOf = (tag: string): string[] => tag.split(APART);

/** What the network at this place may have, where an address may have `max`. */
export const shareAt = (at: number, max: number): number => Math.floor(max * timesAt(at));

export const timesAt = (at: number): number => TIMES[at] ?? 1;

/** The widest of them, and how many shares of an address it may have: where all who are past theirs wait for each other. */
export function widestOf(tag: string): { readonly network: string; readonly times: number } {
  const networks = networksOf(tag);
  return { network: networks.at(-1) ?? tag, times: timesAt(networks.length - 1) };
}

/** How many are here, by each network. Nothing is kept of one of which nobody is. */
export interface NetworkCounts {
  add(tag: string, by: 1 | -1): void;
  /** whether any network of this tag has more than its share, where an address may have `max` */
  isPast(tag: string, max: number): boolean;
}

export function countsByNetwork(): NetworkCounts {
  const counts = new Map<string, number>();
  return {
    add(tag, by) {
      for (const network of networksOf(tag)) {
        const left = (counts.get(network) ?? 0) + by;
        if (left > 0) counts.set(network, left);
        else counts.delete(network);
      }
    },
    isPast: (tag, max) => networksOf(tag).some((network, at) => (counts.get(network) ?? 0) > shareAt(at, max)),
  };
}
