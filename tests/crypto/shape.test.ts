import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { fields, list, maybe, oneOf, opaque, pair, table, text, whole, bytes } from '@clbchat/shared/shape';

/** The same said in our words and in valibot's, which stands beside ours here as the judge. */
const ours = fields({
  name: text(4, /^[^\p{Cc}]+$/u),
  id: bytes(2),
  tag: opaque(3),
  count: whole(9),
  kind: oneOf('one', 'two'),
  pairs: list(pair(whole(), text(2)), 2),
  facts: maybe(table(text(2), text(2))),
});
const judge = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(4), v.regex(/^[^\p{Cc}]+$/u)),
  id: v.pipe(v.string(), v.length(3), v.regex(/^[A-Za-z0-9_-]*$/)),
  tag: v.pipe(v.string(), v.minLength(1), v.maxLength(3), v.regex(/^[A-Za-z0-9_-]*$/)),
  count: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(9)),
  kind: v.picklist(['one', 'two']),
  pairs: v.pipe(
    v.array(v.strictTuple([v.pipe(v.number(), v.integer(), v.minValue(0)), v.pipe(v.string(), v.maxLength(2))])),
    v.maxLength(2),
  ),
  facts: v.optional(
    v.pipe(
      v.custom((value) => !Array.isArray(value)), // valibot takes an empty list for a record
      v.record(v.pipe(v.string(), v.maxLength(2)), v.pipe(v.string(), v.maxLength(2))),
    ),
  ),
});

const right = fc.record(
  {
    name: fc.string({ minLength: 1, maxLength: 4 }),
    id: fc.constantFrom('abc', '-_9'),
    tag: fc.constantFrom('a', 'a-b'),
    count: fc.nat(9),
    kind: fc.constantFrom('one', 'two'),
    pairs: fc.array(fc.tuple(fc.nat(), fc.string({ maxLength: 2 })), { maxLength: 2 }),
    facts: fc.dictionary(fc.string({ maxLength: 2 }), fc.string({ maxLength: 2 }), { maxKeys: 2 }),
  },
  { requiredKeys: ['name', 'id', 'tag', 'count', 'kind', 'pairs'] },
);
/** What JSON can say: nothing else ever comes through a seal or stands under a signature. */
const anyJson = fc.oneof(
  fc.constantFrom(
    null,
    '',
    'abc',
    'three',
    '\u0000',
    -1,
    0,
    1.5,
    10,
    2 ** 53,
    [],
    [[]],
    [[1]],
    [[1, 'a', 2]],
    {},
    true,
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const spoilt = fc
  .tuple(right, fc.constantFrom('name', 'id', 'tag', 'count', 'kind', 'pairs', 'facts', 'more', '__proto__'), anyJson)
  .map(([value, name, other]) => JSON.parse(JSON.stringify({ ...value, [name]: other })) as unknown);

test('[E66] a shape takes what valibot takes and refuses what it refuses: right, spoilt in one place, and anything', () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.oneof(right, spoilt, anyJson), (value) => {
      const takes = ours(value);
      taken += takes ? 1 : 0;
      expect(takes).toBe(v.is(judge, value));
    }),
    { numRuns: 5_000 },
  );
  expect(taken).toBeGreaterThan(1_000);
});

test('[E66] no field of another kind of object stands in for one that is missing', () => {
  const shape = fields({ constructor: text(9), length: maybe(whole()) });
  expect(shape({})).toBe(false);
  expect(shape([])).toBe(false);
  expect(shape(JSON.parse('{"constructor":"x","__proto__":{"a":1}}'))).toBe(false);
  expect(shape({ constructor: 'x' })).toBe(true);
});
