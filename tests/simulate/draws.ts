/** What chance decides for one purpose. */
export interface Dice {
  /** from 0 to 1, never 1 */
  number(): number;
  chance(probability: number): boolean;
  /** whole, both ends included */
  between(least: number, most: number): number;
  pick<T>(from: readonly T[]): T;
  /** a time until something that happens once in so many ms */
  soonMs(meanMs: number): number;
  bytes(into: Uint8Array): void;
}
export type Draws = (purpose: string) => Dice;

/**
 * All chance of one run, by its seed. Each purpose has a sequence of its own, so that one more draw for a person's patience
 * does not move what the network does.
 */
export function drawsOf(seed: number): Draws {
  const known = new Map<string, Dice>();
  return (purpose) => {
    const dice = known.get(purpose) ?? diceOf(`${seed} ${purpose}`);
    known.set(purpose, dice);
    return dice;
  };
}

function diceOf(text: string): Dice {
  const next = sequence(text);
  const number = () => next() / 0x1_0000_0000;
  const between = (least: number, most: number) => least + Math.floor(number() * (most - least + 1));
  return {
    number,
    between,
    chance: (probability) => number() < probability,
    pick: (from) => from[between(0, from.length - 1)]!,
    soonMs: (meanMs) => Math.round(-Math.log(1 - number()) * meanMs),
    bytes(into) {
      for (let at = 0; at < into.length; at += 1) into[at] = next() >>> 24;
    },
  };
}

/** sfc32 over an FNV hash of the text: whole numbers of 32 bits. */
function sequence(text: string): () => number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  let [a, b, c, count] = [hash, hash ^ 0x9e3779b9, 0x243f6a88, 1];
  const next = () => {
    const sum = (((a + b) | 0) + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let warm = 0; warm < 12; warm += 1) next();
  return next;
}
