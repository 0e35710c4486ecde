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
  /** A new one has as much. After a clock that was set back it begins anew. */
  saysNothing(): boolean {
    return this.#atMs > this.#nowMs() || this.left() >= this.#pace.burst;
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

/** Of so many at most is looked at once, so that nobody waits for it. */
const LOOKED_AT_ONCE = 5_000;

/**
 * Forgets what says nothing any more, from the longest unused on: what was used later is over no sooner by more than that.
 *
 * @returns of how many something is remembered still
 */
export function forgetOver<Value>(kept: Map<string, Value>, isOver: (one: Value) => boolean): number {
  let looked = 0;
  for (const [key, one] of kept) {
    looked += 1;
    if (looked > LOOKED_AT_ONCE || !isOver(one)) break;
    kept.delete(key);
  }
  return kept.size;
}

/** What remembers somebody by a key for as long as that changes anything for her. */
export interface Forgetful {
  /** Forgets some of what changes nothing any more. @returns of how many something is remembered still */
  forget(): number;
}

interface Spending {
  spend(key: string): boolean;
}

/** One bucket for each key, of which the longest unused go first. */
export function buckets(
  pace: Pace,
  nowMs: () => number,
  keptMax = KEPT_MAX,
): Spending & Forgetful & { of(key: string): Bucket } {
  const kept = new Map<string, Bucket>();
  function of(key: string): Bucket {
    const one = kept.get(key) ?? new Bucket(pace, nowMs);
    kept.delete(key);
    kept.set(key, one);
    forgetOldest(kept, keptMax);
    return one;
  }
  return {
    of,
    spend: (key) => of(key).spend(),
    forget: () => forgetOver(kept, (bucket) => bucket.saysNothing()),
  };
}

/** A bucket for each network of a tag. Where one of them has nothing left, none of them spends anything. */
export function bucketsByNetwork({ perSecond, burst }: Pace, nowMs: () => number): Spending & Forgetful {
  const kinds = TIMES.map((times, at) => buckets({ perSecond: perSecond * times, burst: shareAt(at, burst) }, nowMs));
  return {
    spend(tag) {
      const own = networksOf(tag).flatMap((network, at) => kinds[at]?.of(network) ?? []);
      if (own.some((bucket) => bucket.left() < 1)) return false;
      for (const bucket of own) bucket.spend();
      return true;
    },
    forget: () => forgetAll(kinds),
  };
}

export const forgetAll = (all: readonly Forgetful[]): number => all.reduce((left, one) => left + one.forget(), 0);

/** A rate for each tag that counts once the house has spent half of what it has for all: before, nobody is refused by address. */
export function sharedBuckets(each: Pace, house: Pace, nowMs: () => number): Spending & Forgetful {
  const own = bucketsByNetwork(each, nowMs);
  const all = new Bucket(house, nowMs);
  return {
    spend(tag) {
      const isQuiet = all.left() > house.burst / 2;
      all.spend();
      return own.spend(tag) || isQuiet;
    },
    forget: own.forget,
  };
}

/** One after the other at a steady pace, for those of a network who are past their rate: slowed, and not refused. */
export function lanes(
  everyMs: number,
  nowMs: () => number,
  keptMax = KEPT_MAX,
): Forgetful & { waitMs(tag: string, maxMs?: number): number } {
  const last = new Map<string, { readonly askedMs: number; readonly atMs: number }>();
  /** Of a clock that was set back nobody waits for a turn. */
  const untilMs = (turn: { readonly askedMs: number; readonly atMs: number }, now: number) =>
    turn.askedMs <= now ? turn.atMs : 0;
  return {
    /** @returns how long until its turn, which is its own from now on unless it is later than `maxMs` */
    waitMs(tag, maxMs = Infinity) {
      const now = nowMs();
      const { network, times } = widestOf(tag);
      const before = last.get(network);
      const atMs = Math.max(now, before ? untilMs(before, now) : 0) + everyMs / times;
      if (atMs - now > maxMs) return atMs - now;
      last.delete(network);
      last.set(network, { askedMs: now, atMs });
      forgetOldest(last, keptMax);
      return atMs - now;
    },
    forget: () => forgetOver(last, (turn) => untilMs(turn, nowMs()) <= nowMs()), // whoever comes now is the first
  };
}
