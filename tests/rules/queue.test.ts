import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimate, tooLong } from '@clbchat/server/queue/queue.rules';
import { limits } from '@clbchat/shared/limits';

const samplesMin = limits.handoutsMin;
const minutes = (...list: number[]) => list.map((each) => each * 60);

test('[Q2] from the median to the 80th percentile, times the place, rounded up to five minutes', () => {
  // sorted 1 2 3 8 20: median 3, 80th percentile 8
  expect(estimate(0, minutes(8, 1, 20, 2, 3), samplesMin, true)).toEqual({ fromMin: 0, toMin: 10 });
  expect(estimate(2, minutes(8, 1, 20, 2, 3), samplesMin, true)).toEqual({ fromMin: 5, toMin: 25 });
  expect(estimate(3, minutes(4, 4, 4, 4, 4), samplesMin, true)).toEqual({ fromMin: 15, toMin: 20 });
  expect(estimate(0, minutes(1, 1, 1, 1, 1), samplesMin, true)).toEqual({ fromMin: 0, toMin: 5 });
});

test('[Q2] with fewer than five samples, or nobody at work, nobody knows', () => {
  expect(samplesMin).toBe(5);
  expect(estimate(0, minutes(1, 2, 3, 4), samplesMin, true)).toBeNull();
  expect(estimate(0, minutes(1, 2, 3, 4, 5), samplesMin, false)).toBeNull();
  expect(estimate(0, minutes(1, 2, 3, 4, 5), samplesMin, true)).not.toBeNull();
});

test('[Q2] a range is two multiples of five, never empty, never shorter for who stands further back', () => {
  const samples = fc.array(fc.integer({ min: 0, max: 7_200 }), { minLength: 5, maxLength: 20 });
  fc.assert(
    fc.property(samples, fc.integer({ min: 0, max: 300 }), (handouts, ahead) => {
      const range = estimate(ahead, handouts, samplesMin, true)!;
      const behind = estimate(ahead + 1, handouts, samplesMin, true)!;
      expect([range.fromMin % 5, range.toMin % 5]).toEqual([0, 0]);
      expect(range.fromMin).toBeGreaterThanOrEqual(0);
      expect(range.toMin).toBeGreaterThanOrEqual(range.fromMin + 5);
      expect(behind.toMin).toBeGreaterThanOrEqual(range.toMin);
      expect(behind.fromMin).toBeGreaterThanOrEqual(range.fromMin);
      // the order in which hand-outs came plays no part
      expect(estimate(ahead, handouts.toReversed(), samplesMin, true)).toEqual(range);
    }),
  );
});

test('[H1] too long: above what the centre allows, or surely longer than it is open', () => {
  const range = { fromMin: 30, toMin: 45 };
  expect(tooLong(range, 45 * 60_000, null)).toBe(false);
  expect(tooLong(range, 45 * 60_000 - 1, null)).toBe(true);
  expect(tooLong(range, 45 * 60_000, 30 * 60_000)).toBe(false);
  expect(tooLong(range, 45 * 60_000, 30 * 60_000 - 1)).toBe(true);
  expect(tooLong(null, 1, 1), 'nobody knows, so nobody is refused').toBe(false);
});
