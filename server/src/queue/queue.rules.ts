import type { Range } from '@clbchat/shared/protocol/wire';

const ROUND_MIN = 5;

const roundUp = (minutes: number): number => Math.ceil(minutes / ROUND_MIN) * ROUND_MIN;

/** The value below which this part of the sorted numbers lies; nearest rank. */
function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)]!;
}

/**
 * How long it usually takes: place × the interval between hand-outs, from the median to the 80th percentile,
 * in minutes rounded up to five. Never a countdown.
 *
 * @param handouts Seconds between the last hand-outs.
 * @returns null when there are too few samples or nobody is at work: then nobody knows.
 */
export function estimate(ahead: number, handouts: readonly number[], samplesMin: number, staffed: boolean): Range {
  if (!staffed || handouts.length < samplesMin) return null;
  const sorted = handouts.toSorted((a, b) => a - b);
  const minutes = (part: number) => ((ahead + 1) * percentile(sorted, part)) / 60;
  const fromMin = Math.max(0, roundUp(minutes(0.5)) - ROUND_MIN);
  return { fromMin, toMin: Math.max(fromMin + ROUND_MIN, roundUp(minutes(0.8))) };
}

/** Whether whoever joins now would wait longer than allowed, or than there is time [PRODUCT: queue full]. */
export function tooLong(range: Range, fullEstimateMs: number, closesInMs: number | null): boolean {
  if (!range) return false;
  const ms = range.toMin * 60_000;
  return ms > fullEstimateMs || (closesInMs !== null && range.fromMin * 60_000 > closesInMs);
}
