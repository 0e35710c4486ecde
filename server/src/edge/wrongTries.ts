interface Waits {
  /** after the second wrong one */
  readonly firstMs: number;
  readonly mostMs: number;
}

/** Keys of which something is remembered at once; the longest unused go first. */
const KEPT_MAX = 50_000;
/** So many in a row do not get any slower. */
const DOUBLINGS_MAX = 30;

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
}

/** Each wrong try of a key makes it wait twice as long as the one before, and never for good. Who waits long enough begins anew. */
export function wrongTries({ firstMs, mostMs }: Waits, nowMs: () => number): WrongTries {
  const kept = new Map<string, { readonly wrong: number; readonly fromMs: number }>();
  return {
    tryNow(key) {
      const known = kept.get(key);
      const now = nowMs();
      if (known && known.fromMs > now) return known.fromMs - now;
      const wrong = known && now - known.fromMs < mostMs ? known.wrong + 1 : 1;
      const waitMs = wrong === 1 ? 0 : Math.min(mostMs, firstMs * 2 ** Math.min(wrong - 2, DOUBLINGS_MAX));
      kept.delete(key);
      kept.set(key, { wrong, fromMs: now + waitMs });
      const oldest = kept.size > KEPT_MAX ? kept.keys().next() : undefined;
      if (oldest?.value !== undefined) kept.delete(oldest.value);
      return 0;
    },
    waitMs: (key) => Math.max(0, (kept.get(key)?.fromMs ?? 0) - nowMs()),
    wrong: (key) => kept.get(key)?.wrong ?? 0,
    right: (key) => void kept.delete(key),
  };
}
