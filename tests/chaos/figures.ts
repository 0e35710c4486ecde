import type { Town } from './town.ts';

/** What was measured, and what it was to be. */
export interface Figure {
  readonly what: string;
  /** milliseconds; null: nobody was measured; Infinity, which JSON says as null: never */
  readonly ms: number | null;
  readonly goalMs: number;
  /** of how many people or visits */
  readonly of: number;
}

const p95 = (all: readonly number[]): number | null =>
  all.length === 0 ? null : all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * 0.95))]!;

export const figureOf = (all: readonly number[], what: string, goalMs: number): Figure => ({
  ...{ what, goalMs, ms: p95(all), of: all.length },
});

const LOOK_EVERY_MS = 25;

/** Watches who loses the service from now on. @returns until when each of them had it back, as a figure */
export function watchReturns({ visitors, desks }: Town, what: string, goalMs: number): () => Figure {
  const beganMs = Date.now();
  const people = [...visitors, ...desks];
  const lost = new Set<object>();
  const backMs = new Map<object, number>();
  const timer = setInterval(() => {
    for (const one of people) {
      if (!one.isHere()) lost.delete(one);
      else if (!one.isOnline()) lost.add(one);
      else if (lost.has(one) && !backMs.has(one)) backMs.set(one, Date.now() - beganMs);
    }
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    const all = [...lost].map((one) => backMs.get(one) ?? Infinity);
    return figureOf(all, what, goalMs);
  };
}

/** From `sinceMs` until the next text of each of these conversations had arrived: the slowest, leaving out one in twenty. */
export function goesOn(
  { history }: Town,
  visits: readonly string[],
  sinceMs: number,
  what: string,
  goalMs: number,
): Figure {
  const firstMs = new Map<string, number>();
  for (const event of history) {
    if (!('visit' in event) || firstMs.has(event.visit)) continue;
    if (event.is === 'over') firstMs.set(event.visit, NaN); // its people ended it first
    if (event.is === 'received' && event.atMs >= sinceMs) firstMs.set(event.visit, event.atMs - sinceMs);
  }
  const all = visits.map((visit) => firstMs.get(visit) ?? Infinity).filter((ms) => !Number.isNaN(ms));
  return figureOf(all, what, goalMs);
}

export const talking = async (town: Town): Promise<string[]> =>
  (await town.newestLook()).visits.filter(({ stage }) => stage === 'talking').map(({ visit }) => visit);

export const lineOf = ({ what, ms, goalMs, of }: Figure): string =>
  ms === null
    ? `${what}: nobody lost it`
    : `${what}: ${(ms / 1_000).toFixed(1)} s of ${goalMs / 1_000} s, ${of} measured, ${ms <= goalMs ? 'met' : 'short'}`;
