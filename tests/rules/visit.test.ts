import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultRules as rules } from '@clbchat/server/centre/bounds.rules';
import { isAbsent, keepMs, presented } from '@clbchat/server/visit/visit.rules';
import { limits } from '@clbchat/shared/limits';
import { tokenName } from '../store/world.ts';

const t0 = tokenName(1, 0);
const t1 = tokenName(1, 1);
const t2 = tokenName(1, 2);
const t3 = tokenName(1, 3);

test('[L4] the current token lets in and becomes the one before', () => {
  expect(presented({ tok: t0, tokPrev: '' }, t0, t1)).toEqual({ tok: t1, tokPrev: t0 });
});

test('[L4] the one before lets in as long as the current one was never shown, and changes only that', () => {
  expect(presented({ tok: t1, tokPrev: t0 }, t0, t2)).toEqual({ tok: t2, tokPrev: t0 });
  expect(presented({ tok: t2, tokPrev: t0 }, t2, t3)).toEqual({ tok: t3, tokPrev: t2 });
  expect(presented({ tok: t3, tokPrev: t2 }, t0, t1)).toBeNull();
  expect(presented({ tok: t3, tokPrev: t2 }, t1, t0)).toBeNull();
});

test('[L4] a client that keeps its token and the next one, and loses answers, is never locked out', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 30 }), (arrives) => {
      let server: Parameters<typeof presented>[0] = { tok: tokenName(1, 0), tokPrev: '' };
      let token = tokenName(1, 0);
      arrives.forEach((answered, index) => {
        const next = tokenName(1, index + 1);
        const after = presented(server, token, next);
        expect(after).not.toBeNull();
        server = after!;
        if (answered) token = next;
      });
    }),
  );
});

test('[Q6] how long a visitor without a sign is kept', () => {
  expect(keepMs({ stage: 'waiting', unloaded: false }, rules)).toBe(180_000);
  expect(keepMs({ stage: 'talking', unloaded: false }, rules)).toBe(600_000);
  expect(keepMs({ stage: 'waiting', unloaded: true }, rules)).toBe(120_000);
  expect(keepMs({ stage: 'talking', unloaded: true }, rules)).toBe(120_000);
});

test.each([
  ['closed 9.999 s ago', { dropMs: 1_000, seenMs: 1_000 }, 10_999, false],
  ['closed 10 s ago', { dropMs: 1_000, seenMs: 1_000 }, 11_000, true],
  ['a socket, last sign 44.999 s ago', { dropMs: 0, seenMs: 1_000 }, 45_999, false],
  ['a socket, last sign 45 s ago', { dropMs: 0, seenMs: 1_000 }, 46_000, true],
])('[Q6 R4] absent: %s', (_, visit, now, absent) => {
  expect(isAbsent({ unloaded: false, ...visit }, now, limits)).toBe(absent);
});

test.each([0, 1_000])('[D18] absent at once when the page said goodbye, its socket gone at %i', (dropMs) => {
  expect(isAbsent({ unloaded: true, dropMs, seenMs: 1_000 }, 1_001, limits)).toBe(true);
});
