import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countingSince, estimate, handoutAt, tooLong, turnsIn } from '@clbchat/server/queue/queue.rules';
import type { Seat } from '@clbchat/server/routing/routing.rules';
import type { AccountId } from '@clbchat/shared/ids';
import { limits } from '@clbchat/shared/limits';

const samplesMin = limits.handoutsMin;
const minutes = (...list: number[]) => list.map((each) => each * 60);

test('[Q10] from the median to the 80th percentile, times the hand-outs, rounded up to five minutes', () => {
  // sorted 1 2 3 8 20: median 3, 80th percentile 8
  expect(estimate(1, minutes(8, 1, 20, 2, 3), samplesMin, true)).toEqual({ fromMin: 0, toMin: 10 });
  expect(estimate(3, minutes(8, 1, 20, 2, 3), samplesMin, true)).toEqual({ fromMin: 5, toMin: 25 });
  expect(estimate(4, minutes(4, 4, 4, 4, 4), samplesMin, true)).toEqual({ fromMin: 15, toMin: 20 });
  expect(estimate(1, minutes(1, 1, 1, 1, 1), samplesMin, true)).toEqual({ fromMin: 0, toMin: 5 });
});

test('[Q9] whom somebody is free for waits for none, whatever passed between others', () => {
  expect(estimate(0, minutes(90, 90, 90, 90, 90), samplesMin, true)).toEqual({ fromMin: 0, toMin: 0 });
});

test('[Q8] what passed between two hand-outs is a sample when the second visit waited all that time', () => {
  const second = { joinedMs: 1_000, front: '' } as const;
  expect(handoutAt(90_000, 1_000, second)).toEqual({ fromMs: 1_000, toMs: 90_000 });
  expect(handoutAt(90_000, 999, second), 'it came a moment after the first').toBeNull();
  expect(handoutAt(90_000, 0, second), 'the very first').toBeNull();
  expect(handoutAt(90_000, 1_000, { ...second, front: 'unanswered' }), 'a counsellor had it meanwhile').toBeNull();
});

test('[Q8] one that began before the hours did counts no more', () => {
  const handouts = [
    { fromMs: 999, toMs: 3_000 },
    { fromMs: 1_000, toMs: 61_499 },
  ];
  expect(countingSince(handouts, 1_000)).toEqual([60]);
});

describe('whose turn it is', () => {
  const seat = (number: number, given: Partial<Seat> = {}): Seat => ({
    ...{
      account: `a${number}` as AccountId,
      serves: null,
      slots: 1,
      load: 0,
      idleSinceMs: 0,
      works: true,
      answers: true,
    },
    ...given,
  });
  const health = { roles: ['pupil'], topics: ['health'], langs: ['nl'] } as const;
  const visit = {
    role: 'pupil',
    topic: 'health',
    lang: 'nl',
    stage: 'waiting',
    away: 'no',
    unanswered: false,
    was: '',
    joinedMs: 0,
  } as const;
  const learning = { ...visit, topic: 'learning' } as const;
  const turns = (seats: Seat[]) => turnsIn(seats, 0, 180_000);

  test('[Q9] one free counsellor is free for one visit, and the next one waits for a hand-out', () => {
    const line = turns([seat(1), seat(2, { load: 1 }), seat(3, { answers: false })]);
    expect([line.ofNewcomer(), line.of(visit), line.of(visit), line.of(visit), line.ofNewcomer()]).toEqual([
      0, 0, 1, 2, 3,
    ]);
  });

  test.each([
    ['is away', { away: 'dropped' }],
    ['owes an answer', { unanswered: true }],
  ] as const)('[Q10] who rings and who %s hold up nobody', (_, absent) => {
    const line = turns([seat(1, { load: 1 })]);
    const away = { ...visit, ...absent };
    expect(line.of({ ...visit, stage: 'offered' })).toBe(0);
    expect([line.of(away), line.of(visit), line.of(away), line.ofNewcomer()]).toEqual([1, 1, 2, 2]);
    const free = turns([seat(1)]);
    expect([free.of(away), free.of(visit)], 'nor do they take her').toEqual([0, 0]);
  });

  test('[Q9] free is who may serve it: by her choice, or when nobody at work chose it, or after a while', () => {
    const seats = [seat(1, { serves: health }), seat(2, { load: 1 })];
    expect(turns(seats).of(learning)).toBe(1);
    expect(turns(seats).ofNewcomer(learning)).toBe(1);
    expect(turns(seats).ofNewcomer(visit)).toBe(0);
    expect(turns([seats[0]!]).of(learning), 'nobody else is at work').toBe(0);
    expect(turnsIn(seats, 180_000, 180_000).of(learning)).toBe(0);
  });
});

test('[Q10] with fewer than five samples, or nobody at work, nobody knows', () => {
  expect(samplesMin).toBe(5);
  expect(estimate(0, minutes(1, 2, 3, 4), samplesMin, true)).toBeNull();
  expect(estimate(1, minutes(1, 2, 3, 4, 5), samplesMin, false)).toBeNull();
  expect(estimate(0, minutes(1, 2, 3, 4, 5), samplesMin, true)).not.toBeNull();
});

test('[Q10] a range is two multiples of five, never empty, never shorter for who stands further back', () => {
  const samples = fc.array(fc.integer({ min: 0, max: 7_200 }), { minLength: 5, maxLength: 20 });
  fc.assert(
    fc.property(samples, fc.integer({ min: 1, max: 300 }), (handouts, turns) => {
      const range = estimate(turns, handouts, samplesMin, true)!;
      const behind = estimate(turns + 1, handouts, samplesMin, true)!;
      expect([range.fromMin % 5, range.toMin % 5]).toEqual([0, 0]);
      expect(range.fromMin).toBeGreaterThanOrEqual(0);
      expect(range.toMin).toBeGreaterThanOrEqual(range.fromMin + 5);
      expect(behind.toMin).toBeGreaterThanOrEqual(range.toMin);
      expect(behind.fromMin).toBeGreaterThanOrEqual(range.fromMin);
      // the order in which hand-outs came plays no part
      expect(estimate(turns, handouts.toReversed(), samplesMin, true)).toEqual(range);
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
