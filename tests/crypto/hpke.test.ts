import { createCipheriv } from 'node:crypto';
import { AEAD_AES_128_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { concat, utf8, type Bytes } from '@clbchat/shared/bytes';
import { decap, encap, exportPoint, keySchedule, makePair, openBase, sealBase } from '@clbchat/shared/crypto/hpke';
import { RFC9180_A3 as A3, hex, pairOf } from './hpkeVector.ts';
import { keySchedule as scheduleApart } from './keySchedule.ts';
import { openers, sealers } from './oracles.ts';

afterEach(() => vi.restoreAllMocks());

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((drawn): Bytes => concat(drawn));
const message = fc.record({ plain: bytes(300), info: bytes(200), aad: bytes(200) });
const RUNS = { numRuns: 150 };

const sealedOnce = async (plain: Bytes) => {
  const pair = await makePair();
  const [info, aad] = [utf8('info'), utf8('aad')];
  return { pair, info, aad, sealed: await sealBase(await exportPoint(pair.publicKey), plain, info, aad) };
};

describe('the published vector of the KEM and the key schedule', () => {
  it('[E4] is what another implementation derives from its seeds, and opens', async () => {
    const suite = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_128_GCM);
    for (const [seed, secret, point] of [
      [A3.ikmR, A3.skRm, A3.pkRm],
      [A3.ikmE, A3.skEm, A3.enc],
    ] as const) {
      const pair = await suite.DeriveKeyPair(hex(seed), true);
      expect(await suite.SerializePrivateKey(pair.privateKey)).toEqual(hex(secret));
      expect(await suite.SerializePublicKey(pair.publicKey)).toEqual(hex(point));
    }
    const options = { info: hex(A3.info), aad: hex(A3.aad) };
    const recipient = await pairOf(hex(A3.skRm), hex(A3.pkRm));
    expect(await suite.Open(recipient, hex(A3.enc), hex(A3.ciphertext), options)).toEqual(hex(A3.plaintext));
  });

  it('[E4] the recipient decapsulates the published shared secret', async () => {
    const recipient = await pairOf(hex(A3.skRm), hex(A3.pkRm));
    expect(await decap(recipient, hex(A3.enc))).toEqual(hex(A3.sharedSecret));
  });

  it('[E4] the published ephemeral pair encapsulates the published key and shared secret', async () => {
    const ephemeral = await pairOf(hex(A3.skEm), hex(A3.enc));
    expect(await encap(ephemeral, hex(A3.pkRm))).toEqual({ enc: hex(A3.enc), sharedSecret: hex(A3.sharedSecret) });
  });

  it('[E4] the key schedule written for this test gives the published key and nonce', () => {
    const { key, baseNonce } = scheduleApart(hex(A3.sharedSecret), hex(A3.info), 1, 16);
    expect(key.toString('hex')).toBe(A3.key);
    expect(baseNonce.toString('hex')).toBe(A3.baseNonce);
  });

  it('[E4] ours gives the same key and nonce as that one for AES-256-GCM, and the key is no bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), bytes(200), async (secret, info) => {
        const apart = scheduleApart(secret, info, 2, 32);
        const { key, iv } = await keySchedule(concat(secret), info);
        expect(Buffer.from(iv)).toEqual(apart.baseNonce);
        const cipher = createCipheriv('aes-256-gcm', apart.key, apart.baseNonce);
        const expected = Buffer.concat([cipher.update(info), cipher.final(), cipher.getAuthTag()]);
        expect(Buffer.from(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, info))).toEqual(expected);
        await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
      }),
      RUNS,
    );
  });
});

describe('one sealed message', () => {
  it.each(openers)('[E4] %s opens whatever we seal', async (_name, open) => {
    const pair = await makePair();
    const to = await exportPoint(pair.publicKey);
    await fc.assert(
      fc.asyncProperty(message, async ({ plain, info, aad }) => {
        expect(await open(pair, await sealBase(to, plain, info, aad), info, aad)).toEqual(plain);
      }),
      RUNS,
    );
  });

  it.each(sealers)('[E4] we open whatever %s seals', async (_name, seal) => {
    const pair = await makePair();
    const to = await exportPoint(pair.publicKey);
    await fc.assert(
      fc.asyncProperty(message, async ({ plain, info, aad }) => {
        expect(await openBase(pair, await seal(to, plain, info, aad), info, aad)).toEqual(plain);
      }),
      RUNS,
    );
  });

  it('[E4] is longer by the point and the tag, and never twice the same', async () => {
    const pair = await makePair();
    const to = await exportPoint(pair.publicKey);
    for (const length of [0, 1, 64, 300]) {
      const plain = new Uint8Array(length);
      const [one, other] = await Promise.all([sealBase(to, plain, plain, plain), sealBase(to, plain, plain, plain)]);
      expect(one).toHaveLength(65 + length + 16);
      expect(one.slice(0, 65)).not.toEqual(other.slice(0, 65));
      expect(one.slice(65)).not.toEqual(other.slice(65));
    }
  });

  it('[E4] with any bit changed, cut short or made longer, is refused', async () => {
    const { pair, info, aad, sealed } = await sealedOnce(utf8('a short one'));
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = sealed.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await expect(openBase(pair, changed, info, aad), `bit ${bit}`).rejects.toThrow();
    }
    for (const length of [0, 1, 64, 65, 80, 81, sealed.length - 1]) {
      await expect(openBase(pair, sealed.slice(0, length), info, aad), `${length} bytes`).rejects.toThrow();
    }
    await expect(openBase(pair, concat(sealed, Uint8Array.of(0)), info, aad)).rejects.toThrow();
  });

  it('[E4] with another key, info or aad, is refused', async () => {
    const { pair, info, aad, sealed } = await sealedOnce(utf8('a short one'));
    const none = new Uint8Array(0);
    await expect(openBase(await makePair(), sealed, info, aad)).rejects.toThrow();
    for (const other of [none, utf8('other'), concat(info, aad)]) {
      await expect(openBase(pair, sealed, other, aad)).rejects.toThrow();
      await expect(openBase(pair, sealed, info, other)).rejects.toThrow();
    }
    expect(await openBase(pair, sealed, info, aad)).toEqual(utf8('a short one'));
  });

  it('[E4] with the recipient of another pair beside the right private key, is refused', async () => {
    const { pair, info, aad, sealed } = await sealedOnce(utf8('a short one'));
    const mixed = { privateKey: pair.privateKey, publicKey: (await makePair()).publicKey };
    await expect(openBase(mixed, sealed, info, aad)).rejects.toThrow();
  });
});

describe('points and secrets', () => {
  const P = 'ffffffff00000001000000000000000000000000ffffffffffffffffffffffff';
  const ZERO = '00'.repeat(32);
  /** the square root of the curve's b: a point with x = 0 */
  const Y_AT_ZERO = '66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4';
  const of = (x: string, y: string) => hex(`04${x}${y}`);
  const [x, y] = [A3.pkRm.slice(2, 66), A3.pkRm.slice(66)];

  it('[E4] a key is sealed to any point of the curve', async () => {
    const none = new Uint8Array(0);
    for (const point of [of(x, y), of(ZERO, Y_AT_ZERO)]) {
      expect(await sealBase(point, none, none, none)).toHaveLength(81);
    }
  });

  it.each([
    ['off the curve', of(x, x)],
    ['at infinity, in one byte', hex('00')],
    ['at infinity, in 65 bytes', hex(`00${ZERO}${ZERO}`)],
    ['at the origin', of(ZERO, ZERO)],
    ['not reduced', of(P, Y_AT_ZERO)],
    ['compressed', hex(`02${x}`)],
    ['hybrid, even', hex(`06${x}${y}`)],
    ['hybrid, odd', hex(`07${x}${y}`)],
    ['too short', of(x, y).slice(0, 64)],
    ['too long', concat(of(x, y), Uint8Array.of(0))],
    ['of no bytes', hex('')],
  ])('[E4] a point %s is refused by sender and recipient', async (_what, point) => {
    const none = new Uint8Array(0);
    const pair = await makePair();
    await expect(sealBase(point, none, none, none)).rejects.toThrow();
    await expect(decap(pair, point)).rejects.toThrow();
  });

  it('[E4] the private half of a pair cannot be exported', async () => {
    const { privateKey } = await makePair();
    for (const form of ['jwk', 'pkcs8'] as const) {
      await expect(crypto.subtle.exportKey(form, privateKey)).rejects.toThrow();
    }
  });

  it('[E4] no shared secret is left in memory of ours, sealed or opened', async () => {
    const hexOf = (buffer: BufferSource) => Buffer.from(buffer as Uint8Array).toString('hex');
    const [secrets, held]: [string[], BufferSource[]] = [[], []];
    const { deriveBits, importKey } = crypto.subtle;
    vi.spyOn(crypto.subtle, 'deriveBits').mockImplementation(async (...asked) => {
      const bits = await deriveBits.apply(crypto.subtle, asked);
      if (bits.byteLength === 32) secrets.push(hexOf(bits));
      held.push(bits);
      return bits;
    });
    vi.spyOn(crypto.subtle, 'importKey').mockImplementation((...asked: Parameters<typeof importKey>) => {
      held.push(asked[1] as unknown as BufferSource);
      return importKey.apply(crypto.subtle, asked);
    });
    const { pair, info, aad, sealed } = await sealedOnce(utf8('a short one'));
    await openBase(pair, sealed, info, aad);
    expect(secrets).toHaveLength(4);
    expect(secrets.slice(0, 2)).toEqual(secrets.slice(2));
    for (const secret of secrets) {
      expect(held.filter((buffer) => hexOf(buffer).includes(secret))).toEqual([]);
    }
  });
});
