import { expect, test } from 'vitest';
import { fingerprintOf } from '@clbchat/shared/statement/fingerprint';
import { madeOnce } from './made.ts';

test('[O6] a fingerprint is eight groups of five digits of the first sixteen bytes', async () => {
  const pinBy = (fill: (at: number) => number) =>
    Buffer.from(Uint8Array.from({ length: 32 }, (_, at) => fill(at))).toString('base64url');
  expect(fingerprintOf(pinBy((at) => at)).join(' ')).toBe('00001 00515 01029 01543 02057 02571 03085 03599');
  expect(new Set(fingerprintOf(pinBy(() => 255)))).toEqual(new Set(['65535']));
  const [ordinary] = (await madeOnce()).pins;
  for (let at = 0; at < 16; at += 1) {
    const bytes = Buffer.from(ordinary, 'base64url');
    bytes[at]! ^= 1;
    expect(fingerprintOf(bytes.toString('base64url')), `byte ${at}`).not.toEqual(fingerprintOf(ordinary));
  }
  for (const none of ['', 'x', pinBy(() => 0).slice(1), `${ordinary}AAAA`])
    expect(() => fingerprintOf(none)).toThrow(RangeError);
});
