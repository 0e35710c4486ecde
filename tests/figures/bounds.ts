/**
 * What whoever reads everything can work out of whole numbers that are not told: sums of some of them are known, and between
 * which numbers each is. A search that leaves out nothing, so it is exact whatever the sums have in common.
 */
export interface Unknown {
  readonly name: string;
  readonly least: number;
  readonly greatest: number;
}
/** All of `names` together are from `least` to `greatest`. */
export interface Sum {
  readonly names: readonly string[];
  readonly least: number;
  readonly greatest: number;
}

type Ranges = Map<string, readonly [number, number]>;

/** Each range as narrow as each sum by itself makes it; null where nothing is left. */
function narrowed(ranges: Ranges, sums: readonly Sum[]): Ranges | null {
  const now = new Map(ranges);
  for (let changed = true; changed;) {
    changed = false;
    for (const { names, least, greatest } of sums) {
      const all = names.map((name) => now.get(name)!);
      const low = all.reduce((sum, [from]) => sum + from, 0);
      const high = all.reduce((sum, [, to]) => sum + to, 0);
      for (const [at, name] of names.entries()) {
        const [from, to] = all[at]!;
        const range = [Math.max(from, least - (high - to)), Math.min(to, greatest - (low - from))] as const;
        if (range[0] > range[1]) return null;
        const [was, until] = now.get(name)!;
        const next = [Math.max(was, range[0]), Math.min(until, range[1])] as const;
        if (next[0] > next[1]) return null;
        if (next[0] === was && next[1] === until) continue;
        now.set(name, next);
        changed = true;
      }
      if (names.length === 0 && (least > 0 || greatest < 0)) return null;
    }
  }
  return now;
}

function canBe(ranges: Ranges, sums: readonly Sum[]): boolean {
  const now = narrowed(ranges, sums);
  if (!now) return false;
  const open = [...now].find(([, [from, to]]) => from < to);
  if (!open) return true;
  const [name, [from, to]] = open;
  for (let value = from; value <= to; value += 1) {
    if (canBe(new Map(now).set(name, [value, value]), sums)) return true;
  }
  return false;
}

/** Names that no sum joins say nothing of each other. */
function parts(sums: readonly Sum[], names: readonly string[]): { names: string[]; sums: Sum[] }[] {
  const all = names.map((name) => ({ names: [name], sums: [] as Sum[] }));
  const partOf = new Map(all.map((part) => [part.names[0]!, part]));
  for (const sum of sums) {
    const [first, ...others] = new Set(sum.names.map((name) => partOf.get(name)!));
    if (!first) continue;
    first.sums.push(sum);
    for (const other of others) {
      first.sums.push(...other.sums);
      first.names.push(...other.names);
      for (const name of other.names) partOf.set(name, first);
    }
  }
  return [...new Set(partOf.values())];
}

/** @returns for each name what it may be: all its values, or `enough` of them */
export function possible(unknowns: readonly Unknown[], sums: readonly Sum[], enough: number): Map<string, number[]> {
  const ranges: Ranges = new Map(unknowns.map(({ name, least, greatest }) => [name, [least, greatest] as const]));
  const found = new Map<string, number[]>();
  if (!narrowed(ranges, sums)) throw new Error('what is told cannot be');
  for (const part of parts(sums, [...ranges.keys()])) {
    const now = narrowed(new Map(part.names.map((name) => [name, ranges.get(name)!])), part.sums)!;
    for (const [name, [from, to]] of now) {
      const values: number[] = [];
      for (let value = from; value <= to && values.length < enough; value += 1)
        if (canBe(new Map(now).set(name, [value, value]), part.sums)) values.push(value);
      found.set(name, values);
    }
  }
  return found;
}
