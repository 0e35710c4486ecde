import { networksOf, shareAt, timesAt } from './networks.ts';

/** A place that somebody has until it leaves; leaving again does nothing. */
export interface Place {
  leave(): void;
}

/** All who may have to make room for others, by the networks of their address. */
export interface Crowd {
  /** Always lets in; when that is one too many, somebody else goes. @param goes ends whom the place was for */
  enter(tag: string, goes: () => void): Place;
  size(): number;
  /** Makes room for one: the oldest of the fullest network goes. @returns false when nobody is here */
  makeRoom(): boolean;
  /** The same for somebody of this tag, of whose networks fewer are here. @returns false when there is no such network */
  makeRoomFor(tag: string): boolean;
}

interface Bounds {
  /** of all together */
  readonly max: number;
  /** of one address, which counts once the house is more than half full: below that nobody is looked at by address */
  readonly shareMax: number;
}

/**
 * Counts before anything is kept, and refuses nobody: one address that fills the house pushes out its own, oldest first,
 * and somebody from anywhere else finds room.
 */
export function createCrowd({ max, shareMax }: Bounds): Crowd {
  const networks = new Map<string, { readonly members: Set<() => void>; readonly times: number }>();
  let count = 0;

  function remove(tag: string, goes: () => void): boolean {
    let wasHere = false;
    for (const network of networksOf(tag)) {
      const members = networks.get(network)?.members;
      if (!members?.delete(goes)) continue;
      wasHere = true;
      if (members.size === 0) networks.delete(network);
    }
    if (wasHere) count -= 1;
    return wasHere;
  }
  const oldestOf = (network: string) => networks.get(network)?.members.values().next().value?.();
  /** By what each may have. */
  function fullest(least: number): string | undefined {
    let found: string | undefined;
    let most = least;
    for (const [network, { members, times }] of networks)
      if (members.size / times > most) [found, most] = [network, members.size / times];
    return found;
  }
  function makeRoom(least = 0): boolean {
    const network = fullest(least);
    if (network !== undefined) oldestOf(network);
    return network !== undefined;
  }
  /** Of the fullest network of this tag, once one more of it is here. */
  const shareOf = (tag: string): number =>
    Math.max(...networksOf(tag).map((network, at) => ((networks.get(network)?.members.size ?? 0) + 1) / timesAt(at)));

  return {
    size: () => count,
    makeRoom: () => makeRoom(),
    makeRoomFor: (tag) => makeRoom(shareOf(tag)),
    enter(tag, goes) {
      const mine = () => {
        if (remove(tag, mine)) goes();
      };
      let past: string | undefined;
      for (const [at, network] of networksOf(tag).entries()) {
        const all = networks.get(network) ?? { members: new Set(), times: timesAt(at) };
        networks.set(network, all);
        all.members.add(mine);
        if (all.members.size > shareAt(at, shareMax)) past ??= network;
      }
      count += 1;
      if (count > max) makeRoom();
      else if (2 * count > max && past !== undefined) oldestOf(past);
      return { leave: () => void remove(tag, mine) };
    },
  };
}
