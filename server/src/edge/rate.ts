import { networksOf, shareAt, TIMES, widestOf } from './networks.ts';

export interface Pace {
  readonly perSecond: number;
  readonly burst: number;
}

/** A token bucket on the injected clock: a record of two numbers, because each socket has some. */
export class Bucket {
  readonly #pace: Pace;
  readonly #nowMs: () => number;
  #left: number;
  #atMs: number;

  constructor(pace: Pace, nowMs: () => number) {
    this.#pace = pace;
    this.#nowMs = nowMs;
    this.#left = pace.burst;
    this.#atMs = nowMs();
  }
  left(): number {
    const { perSecond, burst } = this.#pace;
    const now = this.#nowMs();
    this.#left = Math.min(burst, this.#left + (Math.max(0, now - this.#atMs) / 1_000) * perSecond);
    this.#atMs = now;
    return this.#left;
  }
  /** @returns false when nothing is left; that costs nothing */
  spend(): boolean {
    if (this.left() < 1) return false;
    this.#left -= 1;
    return true;
  }
}

/** Keys of which something is remembered at once; the longest unused go first. */
const KEPT_MAX = 50_000;

function forgetOldest(kept: Map<string, unknown>, keptMax: number): void {
  const oldest = kept.size > keptMax ? kept.keys().next() : undefined;
  if (oldest?.value !== undefined) kept.delete(oldest.value);
}

interface Spending {
  spend(key: string): boolean;
}

/** One bucket for each key, of which the longest unused go first. */
export function buckets(pace: Pace, nowMs: () => number, keptMax = KEPT_MAX): Spending & { of(key: string): Bucket } {
  const kept = new Map<string, Bucket>();
  function of(key: string): Bucket {
    const one = kept.get(key) ?? new Bucket(pace, nowMs);
    kept.delete(key);
    kept.set(key, one);
    forgetOldest(kept, keptMax);
    return one;
  }
  return { of, spend: (key) => of(key).spend() };
}

/** A bucket for each network of a tag. Where one of them has nothing left, none of them spends anything. */
export function bucketsByNetwork({ perSecond, burst }: Pace, nowMs: () => number): Spending {
  const kinds = TIMES.map((times, at) => buckets({ perSecond: perSecond * times, burst: shareAt(at, burst) }, nowMs));
  return {
    spend(tag) {
      const own = networksOf(tag).flatMap((network, at) => kinds[at]?.of(network) ?? []);
      if (own.some((bucket) => bucket.left() < 1)) return false;
      for (const bucket of own) bucket.spend();
      return true;
    },
  };
}

/** A rate for each tag that counts once the house has spent half of what it has for all: before, nobody is refused by address. */
export function sharedBuckets(each: Pace, house: Pace, nowMs: () => number): Spending {
  const own = bucketsByNetwork(each, nowMs);
  const all = new Bucket(house, nowMs);
  return {
    spend(tag) {
      const isQuiet = all.left() > house.burst / 2;
      all.spend();
      return own.spend(tag) || isQuiet;
    },
  };
}

/** One after the other at a steady pace, for those of a network who are past their rate: slowed, and not refused. */
export function lanes(
  everyMs: number,
  nowMs: () => number,
  keptMax = KEPT_MAX,
): { waitMs(tag: string, maxMs?: number): number } {
  const lastMs = new Map<string, number>();
  return {
    /** @returns how long until its turn, which is its own from now on unless it is later than `maxMs` */
    waitMs(tag, maxMs = Infinity) {
      const now = nowMs();
      const { network, times } = widestOf(tag);
      const atMs = Math.max(now, lastMs.get(network) ?? 0) + everyMs / times;
      if (atMs - now > maxMs) return atMs - now;
      lastMs.delete(network);
      lastMs.set(network, atMs);
      forgetOldest(lastMs, keptMax);
      return atMs - now;
    },
  };
}
