import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64url, toBase64url } from '@clbchat/shared/base64url';
import { digestOf, randomToken, sha256, visitIdOf } from '@clbchat/shared/digest';

describe('bytes in text', () => {
  it('[E12] base64url is the one of RFC 4648, without padding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = toBase64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(Buffer.from(fromBase64url(text) ?? []).equals(Buffer.from(bytes))).toBe(true);
      }),
    );
  });

  it('[E12] an array of bytes has one spelling; any other text is refused, and nothing throws', () => {
    for (const text of ['A', 'AB', 'AAB', 'AA==', 'A+A', 'A/A', 'AA AA', 'AAAAA', '\n', '\u00E9\u00E9', 'AA\n']) {
      expect(fromBase64url(text), JSON.stringify(text)).toBeNull();
    }
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('A', 'B', 'Q', 'w', '-', '_', '9'), maxLength: 12 }), (text) => {
        const bytes = fromBase64url(text);
        expect(bytes === null || toBase64url(bytes) === text).toBe(true);
      }),
    );
  });

  it('[E12] takes the largest frame and more', () => {
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    expect(fromBase64url(toBase64url(bytes))).toEqual(bytes);
  });
});

describe('digests', () => {
  it('[E12] what the store keeps of a token is SHA-256 of its bytes', async () => {
    const token = randomToken(32);
    const expected = createHash('sha256').update(Buffer.from(token, 'base64url')).digest('base64url');
    expect(await digestOf(token)).toBe(expected);
    expect(toBase64url(await sha256(new Uint8Array(0)))).toBe('47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU');
  });

  it('[E12] malformed text has a digest too, which no token has', async () => {
    const malformed = `${'A'.repeat(42)}B`;
    expect(await digestOf(malformed)).not.toBe(await digestOf('A'.repeat(43)));
  });

  it('[E12] the id of a visit is half of the digest of its proof', async () => {
    const proof = randomToken(32);
    const hash = createHash('sha256').update('clbchat/1 visit').update(Buffer.from(proof, 'base64url')).digest();
    expect(await visitIdOf(proof)).toBe(hash.subarray(0, 16).toString('base64url'));
    expect(await visitIdOf(randomToken(32))).not.toBe(await visitIdOf(proof));
  });

  it('[E12] tokens are as long as asked, and never the same', () => {
    const tokens = new Set(Array.from({ length: 1_000 }, () => randomToken(16)));
    expect(tokens.size).toBe(1_000);
    expect([...tokens].every((token) => fromBase64url(token)?.length === 16)).toBe(true);
  });
});
