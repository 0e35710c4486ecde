/**
 * Names in the order of a number, and of the name where two have the same: what a sorted set of Redis is, for the memory
 * store. Plain data, so that a whole store can be copied and compared. A change costs the same among a hundred as among a
 * hundred thousand: names lie in blocks, and only one of them moves.
 */
export interface Ranked<Name extends string> {
  scores: Map<Name, number>;
  /** never empty ones; in order, and in themselves in order */
  blocks: Entry<Name>[][];
}
interface Entry<Name> {
  score: number;
  name: Name;
}

const BLOCK_MAX = 2_048;

export const emptyRanked = <Name extends string>(): Ranked<Name> => ({ scores: new Map(), blocks: [] });

/** The first index at which `isPast` holds, of a list in which it holds from somewhere on; its length when it never does. */
function firstWhere<T>(list: readonly T[], isPast: (one: T) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isPast(list[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

type IsPast<Name> = (entry: Entry<Name>) => boolean;
const notBefore =
  <Name extends string>(score: number, name: Name): IsPast<Name> =>
  (entry) =>
    entry.score > score || (entry.score === score && entry.name >= name);

const blockWhere = <Name extends string>({ blocks }: Ranked<Name>, isPast: IsPast<Name>): number =>
  firstWhere(blocks, (block) => isPast(block.at(-1)!));

/** Gives a name its number; one that is there already moves. */
export function put<Name extends string>(ranked: Ranked<Name>, name: Name, score: number): void {
  const known = ranked.scores.get(name);
  if (known === score) return;
  if (known !== undefined) remove(ranked, name);
  ranked.scores.set(name, score);
  const { blocks } = ranked;
  if (blocks.length === 0) {
    blocks.push([{ score, name }]);
    return;
  }
  const isPast = notBefore(score, name);
  const at = Math.min(blockWhere(ranked, isPast), blocks.length - 1); // behind all others: at the end of the last one
  const block = blocks[at]!;
  const index = firstWhere(block, isPast);
  block.splice(index, 0, { score, name });
  if (block.length <= BLOCK_MAX) return;
  const isLast = at === blocks.length - 1 && index === BLOCK_MAX; // who comes now stands last: the others are not moved
  blocks.splice(at + 1, 0, block.splice(isLast ? BLOCK_MAX : BLOCK_MAX / 2));
}

/** Nothing happens when it is not there. */
export function remove<Name extends string>(ranked: Ranked<Name>, name: Name): void {
  const { scores, blocks } = ranked;
  const score = scores.get(name);
  if (score === undefined) return;
  scores.delete(name);
  const isPast = notBefore(score, name);
  const at = blockWhere(ranked, isPast);
  const block = blocks[at]!;
  block.splice(firstWhere(block, isPast), 1);
  if (block.length === 0) blocks.splice(at, 1);
}

/** How many have a smaller number. */
export function countBelow<Name extends string>(ranked: Ranked<Name>, score: number): number {
  const isPast: IsPast<Name> = (entry) => entry.score >= score;
  const at = blockWhere(ranked, isPast);
  let count = 0;
  for (let before = 0; before < at; before += 1) count += ranked.blocks[before]!.length;
  const block = ranked.blocks[at];
  return block ? count + firstWhere(block, isPast) : count;
}

/**
 * Names from the smallest number above `after` on. The one that was given last may be taken out before the next is asked for.
 * For numbers of which each is one name's only.
 */
export function* above<Name extends string>(
  ranked: Ranked<Name>,
  after = -Infinity,
): Generator<Entry<Name>, undefined> {
  for (let last = after; ;) {
    const isPast: IsPast<Name> = (entry) => entry.score > last;
    const block = ranked.blocks[blockWhere(ranked, isPast)];
    const entry = block?.[firstWhere(block, isPast)];
    if (!entry) return undefined;
    last = entry.score;
    yield entry;
  }
}

/** So many names at most, of those whose number is this or a smaller one. */
export function upTo<Name extends string>({ blocks }: Ranked<Name>, score: number, most: number): Name[] {
  const names: Name[] = [];
  for (const block of blocks) {
    for (const entry of block) {
      if (entry.score > score || names.length === most) return names;
      names.push(entry.name);
    }
  }
  return names;
}
