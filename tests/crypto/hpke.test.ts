import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { AEAD_AES_128_GCM, AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke';
import { describe, expect, it } from 'vitest';
import { concat, type Bytes } from '@clbchat/shared/bytes';
import { RFC9180_A3 as A3, hex, pairOf } from './hpkeVector.ts';
import { keySchedule } from './keySchedule.ts';
import { judgeOpens, judgeSeals } from './oracles.ts';

/** The library that seals, beside the published vector and another implementation: a new version has to pass here. */
const suiteOf = (aead: typeof AEAD_AES_128_GCM) => new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, aead);
const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((drawn): Bytes => concat(drawn));
const message = fc.record({ plain: bytes(300), info: bytes(200), aad: bytes(200) });
const RUNS = { numRuns: 100 };

describe('the published vector', () => {
  const suite = suiteOf(AEAD_AES_128_GCM);

  it('[E4] its seeds give its key pairs', async () => {
    for (const [seed, secret, point] of [
      [A3.ikmR, A3.skRm, A3.pkRm],
      [A3.ikmE, A3.skEm, A3.enc],
    ] as const) {
      const pair = await suite.DeriveKeyPair(hex(seed), true);
      expect(await suite.SerializePrivateKey(pair.privateKey)).toEqual(hex(secret));
      expect(await suite.SerializePublicKey(pair.publicKey)).toEqual(hex(point));
    }
  });

  it('[E4] its recipient opens its ciphertext', async () => {
    const options = { info: hex(A3.info), aad: hex(A3.aad) };
    const recipient = await pairOf(hex(A3.skRm), hex(A3.pkRm));
    expect(await suite.Open(recipient, hex(A3.enc), hex(A3.ciphertext), options)).toEqual(hex(A3.plaintext));
  });

  it('[E4] the key schedule written for these tests gives its key and nonce', () => {
    const { key, baseNonce } = keySchedule(hex(A3.sharedSecret), hex(A3.info), 1, 16);
    expect(key.toString('hex')).toBe(A3.key);
    expect(baseNonce.toString('hex')).toBe(A3.baseNonce);
  });
});

describe('AES-256-GCM, which the appendix leaves out', () => {
  const suite = suiteOf(AEAD_AES_256_GCM);

  it('[E4] opens what the published shared secret and that key schedule seal', async () => {
    const recipient = await pairOf(hex(A3.skRm), hex(A3.pkRm));
    await fc.assert(
      fc.asyncProperty(message, async ({ plain, info, aad }) => {
        const { key, baseNonce } = keySchedule(hex(A3.sharedSecret), info, 2, 32);
        const cipher = createCipheriv('aes-256-gcm', key, baseNonce).setAAD(aad);
        const ciphertext = concat(cipher.update(plain), cipher.final(), cipher.getAuthTag());
        expect(await suite.Open(recipient, hex(A3.enc), ciphertext, { info, aad })).toEqual(plain);
      }),
      RUNS,
    );
  });

  it('[E4] each implementation opens whatever the other seals', async () => {
    const pair = await suite.GenerateKeyPair();
    const to = await suite.SerializePublicKey(pair.publicKey);
    await fc.assert(
      fc.asyncProperty(message, async ({ plain, info, aad }) => {
        const { encapsulatedSecret, ciphertext } = await suite.Seal(pair.publicKey, plain, { info, aad });
        expect(await judgeOpens(pair, concat(encapsulatedSecret, ciphertext), info, aad)).toEqual(plain);
        const theirs = await judgeSeals(to, plain, info, aad);
        const opened = await suite.Open(pair, theirs.subarray(0, 65), theirs.subarray(65), { info, aad });
        expect(opened).toEqual(plain);
      }),
      RUNS,
    );
  });
});
