interface Pace {
  readonly perSecond: number;
  readonly burst: number;
}

export interface Bucket {
  /** @returns false when nothing is left; that costs nothing */
  spend(): boolean;
}

/** A token bucket on the injected clock. */
export function bucket({ perSecond, burst }: Pace, nowMs: () => number): Bucket {
  let left = burst;
  let atMs = nowMs();
  return {
    spend() {
      const now = nowMs();
      left = Math.min(burst, left + (Math.max(0, now - atMs) / 1_000) * perSecond);
      atMs = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}

const KEPT_MAX = 50_000;

/** One bucket for each key, of which the longest unused go first. */
export function buckets(pace: Pace, nowMs: () => number, keptMax = KEPT_MAX): { spend(key: string): boolean } {
  const kept = new Map<string, Bucket>();
  return {
    spend(key) {
      const one = kept.get(key) ?? bucket(pace, nowMs);
      kept.delete(key);
      kept.set(key, one);
      const oldest = kept.size > keptMax ? kept.keys().next() : undefined;
      if (oldest?.value !== undefined) kept.delete(oldest.value);
      return one.spend();
    },
  };
}
