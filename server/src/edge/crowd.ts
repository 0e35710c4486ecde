/** A place that somebody has until it leaves; leaving again does nothing. */
export interface Place {
  leave(): void;
}

/** All who may have to make room for others, by the tag of their address. */
export interface Crowd {
  /** Always lets in; when that is one too many, somebody else goes. @param goes ends whom the place was for */
  enter(tag: string, goes: () => void): Place;
  size(): number;
  /** Makes room for one: the oldest of the fullest tag goes. @returns false when nobody is here */
  makeRoom(): boolean;
}

interface Bounds {
  /** of all together */
  readonly max: number;
  /** of one tag, which counts once the house is more than half full: below that nobody is looked at by address */
  readonly shareMax: number;
}

/**
 * Counts before anything is kept, and refuses nobody: one address that fills the house pushes out its own, oldest first,
 * and somebody from anywhere else finds room.
 */
export function createCrowd({ max, shareMax }: Bounds): Crowd {
  const tags = new Map<string, Set<() => void>>();
  let count = 0;

  function remove(tag: string, goes: () => void): boolean {
    const members = tags.get(tag);
    if (!members?.delete(goes)) return false;
    count -= 1;
    if (members.size === 0) tags.delete(tag);
    return true;
  }
  function oldestOf(tag: string): void {
    const goes = tags.get(tag)?.values().next().value;
    if (goes && remove(tag, goes)) goes();
  }
  function fullest(): string | undefined {
    let found: string | undefined;
    let most = 0;
    for (const [tag, { size }] of tags) if (size > most) [found, most] = [tag, size];
    return found;
  }
  function makeRoom(): boolean {
    const tag = fullest();
    if (tag !== undefined) oldestOf(tag);
    return tag !== undefined;
  }

  return {
    size: () => count,
    makeRoom,
    enter(tag, goes) {
      const mine = () => goes(); // the same function twice would be one member
      const members = tags.get(tag) ?? new Set();
      tags.set(tag, members.add(mine));
      count += 1;
      if (count > max) makeRoom();
      else if (2 * count > max && members.size > shareMax) oldestOf(tag);
      return { leave: () => void remove(tag, mine) };
    },
  };
}
