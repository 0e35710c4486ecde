import { published } from '@clbchat/server/figures/published.rules';
import { toldOf } from '@clbchat/server/figures/hiding.rules';
import { LANGUAGES, ROLES, TOPICS } from '@clbchat/shared/ids';
import { limits } from '@clbchat/shared/limits';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { possible } from './bounds.ts';
import { knownOf } from './told.ts';

const zone = 'Europe/Brussels';
const FIRST_WEEK = 2_964; // 2026-W43, a Monday on which a block begins
const { figuresValuesMin } = limits;

/** The hour after which so many weeks from the first on are over. */
const throughWeeks = (weeks: number): number => ((FIRST_WEEK + weeks) * 7 - 3) * 24 - 2;

const skewed = (max: number) => fc.tuple(fc.nat({ max }), fc.nat({ max })).map(([a, b]) => Math.min(a, b));
const visit = fc.record({
  role: skewed(ROLES.length - 1),
  topic: skewed(TOPICS.length - 1),
  lang: skewed(LANGUAGES.length - 1),
  at: skewed(11),
  wait: skewed(5),
  talk: skewed(6),
  left: fc.option(skewed(3), { freq: 3 }),
});
const weekOf = (visits: readonly (typeof visit extends fc.Arbitrary<infer V> ? V : never)[], week: number) => {
  const counts: Record<string, number> = {};
  const one = (name: string) => (counts[name] = (counts[name] ?? 0) + 1);
  for (let hour = 14; hour < 20; hour += 1) counts[`open.1.${hour}`] = 1;
  for (let hour = 17; hour < 22; hour += 1) counts[`open.3.${hour}`] = 1;
  for (const { role, topic, lang, at, wait, talk, left } of visits) {
    one(`role.${ROLES[role]}`);
    one(`topic.${TOPICS[topic]}`);
    one(`lang.${LANGUAGES[lang]}`);
    one(`at.${at < 6 ? 1 : 3}.${at < 6 ? 14 + at : 11 + at}`); // one of them while it was closed
    if (left !== null) one(`left.${left}`);
    else [`wait.${wait}`, `talk.${talk}`].forEach(one);
  }
  return { week, counts, madeUp: false };
};
const weeks = fc
  .array(fc.array(visit, { maxLength: 70, size: 'max' }), { minLength: 1, maxLength: 9 })
  .map((all) => all.map((visits, at) => weekOf(visits, FIRST_WEEK + at)));

test('the search knows what follows from sums', () => {
  const few = (name: string) => ({ name, least: 0, greatest: 4 });
  const sum = (names: string[], total: number) => ({ names, least: total, greatest: total });
  expect(possible([few('a')], [sum(['a'], 3)], 9)).toEqual(new Map([['a', [3]]]));
  const two = possible([few('a'), few('b')], [sum(['a', 'b'], 7)], 9);
  expect(two).toEqual(
    new Map([
      ['a', [3, 4]],
      ['b', [3, 4]],
    ]),
  );
  // what no sum by itself says
  const square = [sum(['a', 'b'], 4), sum(['c', 'd'], 4), sum(['a', 'c'], 4), sum(['b', 'c'], 4)];
  const crossed = possible(['a', 'b', 'c', 'd'].map(few), square, 9);
  expect([...crossed.values()]).toEqual([[2], [2], [2], [2]]);
  expect(() => possible([few('a')], [sum(['a'], 5)], 9)).toThrow();
});

test('[F6] of whatever is hidden, everything that is told together leaves four numbers or more', () => {
  let hidden = 0;
  fc.assert(
    fc.property(weeks, (all) => {
      const { unknowns, sums } = knownOf(published(all, throughWeeks(all.length), zone));
      hidden += unknowns.length;
      for (const [name, values] of possible(unknowns, sums, figuresValuesMin))
        expect(values.length, name).toBeGreaterThanOrEqual(figuresValuesMin);
    }),
    { numRuns: 120 },
  );
  expect(hidden).toBeGreaterThan(1_000);
});

test('[F5 F6] of one table with a known total, also where hardly anybody came', () => {
  const table = fc.array(fc.oneof(fc.nat({ max: 7 }), fc.nat({ max: 40 })), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(table, (counts) => {
      const cells = Object.fromEntries(counts.map((count, at) => [`c${at}`, count]));
      const told = toldOf(cells);
      if (!told) return;
      const total = counts.reduce((sum, one) => sum + one, 0);
      for (const [name, count] of Object.entries(cells)) {
        if (count < 5) expect(told[name]).toBe('few');
        else expect(['hidden', count]).toContain(told[name]);
      }
      const names = Object.keys(told).filter((name) => typeof told[name] !== 'number');
      const shown = Object.values(told).reduce<number>((sum, one) => sum + (typeof one === 'number' ? one : 0), 0);
      const unknowns = names.map((name) => ({
        name,
        ...(told[name] === 'few' ? { least: 0, greatest: 4 } : { least: 5, greatest: 999 }),
      }));
      const rest = { names, least: total - shown, greatest: total - shown };
      for (const values of possible(unknowns, [rest], figuresValuesMin).values())
        expect(values.length).toBeGreaterThanOrEqual(figuresValuesMin);
    }),
    { numRuns: 400 },
  );
});

test('[F5] what is few is one word, beside it others are hidden in an order that no count changes, and a total below ten has no table', () => {
  expect(toldOf({ a: 20, b: 9, c: 12 })).toEqual({ a: 20, b: 9, c: 12 });
  expect(toldOf({ a: 20, b: 4, c: 12 })).toEqual({ a: 20, b: 'few', c: 'hidden' });
  expect(toldOf({ a: 20, b: 0, c: 6 }), 'what is left says how few').toEqual({ a: 'hidden', b: 'few', c: 'hidden' });
  expect(toldOf({ a: 20, left: 12, c: 3 }, { stays: ['left'] })).toEqual({ a: 'hidden', left: 12, c: 'few' });
  expect(toldOf({ a: 20, b: 0, c: 12 }, { closed: ['b', 'c'] })).toEqual({ a: 20, b: 'closed', c: 12 });
  expect(toldOf({ a: 5, b: 4 })).toBeNull();
  expect(toldOf({ a: 4, b: 4, c: 4 }), 'each is 4').toBeNull();
});

test('[F7] a week is told once it is over and all its hours are counted, from then on always the same, and a block when all its weeks are', () => {
  const visits = Array.from({ length: 30 }, (_, at) => ({
    role: at % 2,
    topic: at % 3,
    lang: 0,
    at: at % 3,
    wait: 0,
    talk: 1,
    left: at % 5 ? null : 0,
  }));
  const all = [0, 1, 2, 3].map((at) => weekOf(visits, FIRST_WEEK + at));
  const told = (through: number) => published(all, through, zone);
  const last = throughWeeks(4);
  expect(told(throughWeeks(1) - 1).weeks).toEqual([]);
  expect(told(throughWeeks(1)).weeks.map(({ week }) => week)).toEqual(['2026-W43']);
  expect(told(last - 1).blocks).toEqual([]);
  expect(told(last).blocks.map(({ from, to }) => [from, to])).toEqual([['2026-W43', '2026-W46']]);
  expect(told(last + 500).weeks.slice(0, 4)).toEqual(told(last).weeks);
  expect(told(last + 500).weeks.at(-1)).toMatchObject({ visits: 'few', tables: { role: null, topic: null } });
});
