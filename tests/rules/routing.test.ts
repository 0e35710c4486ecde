import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choose, covers } from '@clbchat/server/routing/routing.rules';
import { accountName } from '../store/world.ts';

const candidate = (number: number, load: number, idleSinceMs: number) => ({
  account: accountName(number),
  load,
  idleSinceMs,
});

test('[Q5] a choice covers a visit when role, topic and language all are in it; no choice covers everything', () => {
  const wish = { role: 'pupil', topic: 'health', lang: 'nl' } as const;
  const serves = { roles: ['pupil'], topics: ['health', 'other'], langs: ['nl'] } as const;
  expect(covers(null, wish)).toBe(true);
  expect(covers(serves, wish)).toBe(true);
  expect(covers(serves, { ...wish, role: 'parent' })).toBe(false);
  expect(covers(serves, { ...wish, topic: 'learning' })).toBe(false);
  expect(covers(serves, { ...wish, lang: 'fr' })).toBe(false);
  expect(covers({ ...serves, topics: [] }, wish)).toBe(false);
});

test('[Q4] the one who had the visit before, then the least busy, then the longest idle, then by id', () => {
  const [a, b, c] = [candidate(1, 1, 10), candidate(2, 0, 30), candidate(3, 0, 20)];
  expect(choose([a, b, c], '')).toBe(c);
  expect(choose([a, b, c], a.account), 'had it before').toBe(a);
  expect(choose([a, b], accountName(3)), 'is not free').toBe(b);
  expect(choose([a], '')).toBe(a);
  expect(choose([], a.account)).toBeUndefined();
  expect(choose([candidate(2, 0, 5), candidate(1, 0, 5)], '')?.account).toBe(accountName(1));
});

test('[Q4] who is chosen does not depend on the order in which they are asked about', () => {
  const some = fc.uniqueArray(
    fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })),
    { minLength: 1, selector: ([number]) => number },
  );
  fc.assert(
    fc.property(some, (list) => {
      const all = list.map((each) => candidate(...each));
      expect(choose(all.toReversed(), '')).toEqual(choose(all, ''));
    }),
  );
});
