export interface Waits {
  /** after the first wrong one that is not free */
  readonly firstMs: number;
  readonly mostMs: number;
}

/** So many in a row cost no wait: everybody gets something wrong once. */
const FREE = 1;

/** Keys of which something is remembered at once. */
const KEPT_MAX = 50_000;
/** Of which one goes when there are too many. */
const PARTS = 100;
/** So many in a row do not get any slower. */
const DOUBLINGS_MAX = 30;

/** How long the next one waits after so many wrong ones that were not free: twice as long as after the one before, in ms. */
export const waitAfter = (wrong: number, { firstMs, mostMs }: Waits): number =>
  wrong <= 0 ? 0 : Math.min(mostMs, firstMs * 2 ** Math.min(wrong - 1, DOUBLINGS_MAX));

interface Kept {
  readonly wrong: number;
  /** from when on it may try */
  readonly fromMs: number;
}

export interface WrongTries {
  /**
   * How long its next try has to wait; 0 = it may try now, and that counts as wrong until `right` says otherwise, so that
   * many at once are not one.
   */
  tryNow(key: string): number;
  /** How long its next try has to wait, without one. */
  waitMs(key: string): number;
  /** How many were wrong in a row, the one under way among them. */
  wrong(key: string): number;
  right(key: string): void;
  /** The one under way was looked at by nobody, and counts as none; what it has to wait stays. @returns that, in ms */
  unlooked(key: string): number;
}

/**
 * Each wrong try of a key makes it wait twice as long as the one before, and never for good. For each `mostMs` in which
 * nobody tried it is one wrong one less, so that no pause gives more tries than waiting does. When there are too many, what would count
 * for the shortest time is forgotten first, so that whoever invents others ends no wait that runs, and begins none anew [G92].
 */
export function wrongTries(waits: Waits, nowMs: () => number, keptMax = KEPT_MAX): WrongTries {
  const { firstMs, mostMs } = waits;
  /** By how long they were told to wait; within each, in the order in which that ends. */
  const kept = new Map<number, Map<string, Kept>>();
  let count = 0;
  /** by which the wait is as long as it gets: more of them are forgotten no later */
  const countsMax = FREE + 1 + Math.ceil(Math.log2(mostMs / firstMs));

  /** What counts still of those that were wrong. */
  function leftOf({ wrong, fromMs }: Kept, now: number): number {
    const quiet = Math.floor((now - fromMs) / mostMs);
    return quiet > 0 ? Math.max(0, Math.min(countsMax, wrong) - quiet) : wrong;
  }
  /** A clock that was set back makes nobody wait for longer than the longest wait. */
  const untilMs = ({ fromMs }: Kept, now: number) => Math.min(mostMs, fromMs - now);
  /** From when on nothing of it counts any more, where nobody tries it; each of `kept` is in the order of that. */
  const countsUntilMs = (one: Kept | undefined): number =>
    one ? one.fromMs + Math.min(countsMax, one.wrong) * mostMs : Infinity;
  function find(key: string): Kept | undefined {
    for (const alike of kept.values()) {
      const found = alike.get(key);
      if (found) return found;
    }
    return undefined;
  }
  function forget(key: string): void {
    for (const alike of kept.values()) if (alike.delete(key)) count -= 1;
  }
  function keep(key: string, waitMs: number, one: Kept): void {
    forget(key);
    const alike = kept.get(waitMs) ?? new Map<string, Kept>();
    kept.set(waitMs, alike.set(key, one));
    count += 1;
  }
  /** For some at once: of a `Map` that lost many of its first ones the first that is left is far to seek. */
  function makeRoom(): void {
    const lines = [...kept.values()].map((alike) => {
      const line = alike.entries();
      return { line, first: line.next().value };
    });
    for (let room = Math.ceil(keptMax / PARTS); room > 0; room -= 1) {
      const next = lines.reduce((a, b) => (countsUntilMs(b.first?.[1]) < countsUntilMs(a.first?.[1]) ? b : a));
      if (next.first) forget(next.first[0]);
      next.first = next.line.next().value;
    }
  }

  const waitMs = (key: string): number => {
    const known = find(key);
    return known ? Math.max(0, untilMs(known, nowMs())) : 0;
  };

  return {
    tryNow(key) {
      const known = find(key);
      const now = nowMs();
      if (known && known.fromMs > now) return untilMs(known, now);
      const wrong = known ? leftOf(known, now) + 1 : 1;
      const waitMs = waitAfter(wrong - FREE, waits);
      keep(key, waitMs, { wrong, fromMs: now + waitMs });
      if (count > keptMax) makeRoom();
      return 0;
    },
    waitMs,
    wrong: (key) => find(key)?.wrong ?? 0,
    right: forget,
    unlooked(key) {
      for (const alike of kept.values()) {
        const one = alike.get(key);
        if (one && one.wrong > 1) alike.set(key, { ...one, wrong: one.wrong - 1 });
        else if (one) forget(key);
      }
      return waitMs(key);
    },
  };
}
