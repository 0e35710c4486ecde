import { above, countBelow, emptyRanked, put, remove, upTo } from '@clbchat/server/live/ranked';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const name = fc.integer({ min: 0, max: 9_000 }).map((number) => `n${number}`);
const change = fc.tuple(name, fc.option(fc.integer({ min: 0, max: 900 })));

test('[Q2 Q13] a ranked list says what a sorted one does, also when it is long', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 5_000, maxLength: 9_000, size: 'max' }), (changes) => {
      const ranked = emptyRanked<string>();
      const plain = new Map<string, number>();
      for (const [who, score] of changes) {
        if (score === null) {
          remove(ranked, who);
          plain.delete(who);
        } else {
          put(ranked, who, score);
          plain.set(who, score);
        }
      }
      const sorted = [...plain].toSorted(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
      expect(ranked.scores).toEqual(plain);
      expect(ranked.blocks.flat().map((entry) => [entry.name, entry.score])).toEqual(sorted);
      expect(ranked.blocks.every((block) => block.length > 0 && block.length <= 2_048)).toBe(true);
      for (const score of [-1, 0, 450, 900, 901]) {
        expect(countBelow(ranked, score)).toBe(sorted.filter(([, each]) => each < score).length);
        expect(upTo(ranked, score, 700)).toEqual(
          sorted
            .filter(([, each]) => each <= score)
            .map(([who]) => who)
            .slice(0, 700),
        );
      }
    }),
    { numRuns: 5 },
  );
});

test('[Q4] whoever was given last may be taken out before the next is asked for', () => {
  const ranked = emptyRanked<string>();
  for (let ticket = 1; ticket <= 5_000; ticket += 1) put(ranked, `v${ticket}`, ticket);
  const given: number[] = [];
  for (const { name: who, score } of above(ranked, 10)) {
    given.push(score);
    if (score % 2 === 0) remove(ranked, who);
  }
  expect(given).toEqual(Array.from({ length: 4_990 }, (_, at) => at + 11));
  expect(ranked.scores.size).toBe(2_505);
});
