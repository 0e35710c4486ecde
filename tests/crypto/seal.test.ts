import { createCipheriv } from 'node:crypto';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { fromBase64url, toBase64url } from '@clbchat/shared/base64url';
import { concat, utf8 } from '@clbchat/shared/bytes';
import { epochBytes } from '@clbchat/shared/crypto/context';
import { makeKey } from '@clbchat/shared/crypto/epoch';
import { makeEphemeral, openKey, sealKey } from '@clbchat/shared/crypto/seal';
import { randomToken } from '@clbchat/shared/digest';
import { SEALED_BYTES, sealed as sealedSchema } from '@clbchat/shared/protocol/wire';
import { importPublic } from '@clbchat/shared/statement/signingKey';
import { RFC9180_A3 as A3, hex, pairOf } from './hpkeVector.ts';
import { keySchedule } from './keySchedule.ts';
import { judgeOpens, judgeSeals } from './oracles.ts';

const binding = () => ({ offerDigest: makeKey(), visitId: randomToken(16), epoch: 1 });

describe('the seal and other implementations of RFC 9180', () => {
  it('[E4] the published shared secret opens what the key schedule says it must', async () => {
    const bound = binding();
    const { key, baseNonce } = keySchedule(hex(A3.sharedSecret), bound.offerDigest, 2, 32);
    const [ck, link] = [makeKey(), makeKey()];
    const cipher = createCipheriv('aes-256-gcm', key, baseNonce).setAAD(epochBytes(bound.visitId, bound.epoch));
    const ciphertext = Buffer.concat([cipher.update(concat(ck, link)), cipher.final(), cipher.getAuthTag()]);
    const sealed = toBase64url(concat(hex(A3.enc), ciphertext));
    const keyPair = await pairOf(hex(A3.skRm), hex(A3.pkRm));
    expect(await openKey({ ...bound, keyPair, sealed })).toEqual({ ck, link });
  });

  it('[E4] each opens what the other sealed', async () => {
    const bound = binding();
    const { keyPair, publicBytes } = await makeEphemeral();
    const [ck, link] = [makeKey(), makeKey()];
    const aad = epochBytes(bound.visitId, bound.epoch);
    const ours = fromBase64url(await sealKey({ ...bound, ephemeralPublic: publicBytes, ck, link })) ?? hex('');
    expect(await judgeOpens(keyPair, ours, bound.offerDigest, aad)).toEqual(concat(ck, link));
    const theirs = await judgeSeals(publicBytes, concat(ck, link), bound.offerDigest, aad);
    expect(await openKey({ ...bound, keyPair, sealed: toBase64url(theirs) })).toEqual({ ck, link });
  });
});

describe('sealed keys', () => {
  async function sealedOnce(link: Uint8Array | null = null) {
    const bound = binding();
    const { keyPair, publicBytes } = await makeEphemeral();
    const ck = makeKey();
    return { bound, keyPair, ck, sealed: await sealKey({ ...bound, ephemeralPublic: publicBytes, ck, link }) };
  }

  it('[E4] come back with their link or without, and are equally long', async () => {
    const link = makeKey();
    const [bare, linked] = await Promise.all([sealedOnce(), sealedOnce(link)]);
    expect(await openKey({ ...bare.bound, ...bare })).toEqual({ ck: bare.ck, link: null });
    expect(await openKey({ ...linked.bound, ...linked })).toEqual({ ck: linked.ck, link });
    expect(linked.sealed).toHaveLength(bare.sealed.length);
    expect(fromBase64url(bare.sealed)).toHaveLength(SEALED_BYTES);
    expect(v.is(sealedSchema, bare.sealed)).toBe(true);
  });

  it('[E4] open for no other key, key offer, visit or epoch', async () => {
    const { bound, keyPair, sealed } = await sealedOnce();
    const stranger = (await makeEphemeral()).keyPair;
    expect(await openKey({ ...bound, keyPair: stranger, sealed })).toBeNull();
    for (const other of [
      { offerDigest: makeKey() },
      { visitId: randomToken(16) },
      { epoch: 2 },
      { visitId: '' },
      { epoch: -1 },
    ]) {
      expect(await openKey({ ...bound, ...other, keyPair, sealed })).toBeNull();
    }
  });

  it('[E4] open with no other half of a pair beside the right private key', async () => {
    const { bound, keyPair, sealed } = await sealedOnce();
    const mixed = { privateKey: keyPair.privateKey, publicKey: (await makeEphemeral()).keyPair.publicKey };
    expect(await openKey({ ...bound, keyPair: mixed, sealed })).toBeNull();
  });

  it('[E4] are never twice the same', async () => {
    const { bound, keyPair, ck } = await sealedOnce();
    const ephemeralPublic = new Uint8Array(await crypto.subtle.exportKey('raw', keyPair.publicKey));
    const seal = async () => fromBase64url(await sealKey({ ...bound, ephemeralPublic, ck, link: null })) ?? hex('');
    const [one, other] = await Promise.all([seal(), seal()]);
    expect(one.slice(0, 65)).not.toEqual(other.slice(0, 65));
    expect(one.slice(65)).not.toEqual(other.slice(65));
  });

  it('[E4] with any bit changed, or of another length, open nothing and throw nothing', async () => {
    const { bound, keyPair, sealed } = await sealedOnce();
    const bytes = fromBase64url(sealed) ?? new Uint8Array(0);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = bytes.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await openKey({ ...bound, keyPair, sealed: toBase64url(changed) }), `bit ${bit}`).toBeNull();
    }
    for (const broken of ['', '~', sealed.slice(4), `${sealed}AAAA`]) {
      expect(await openKey({ ...bound, keyPair, sealed: broken })).toBeNull();
    }
  });

  it('[E4] the one-time key cannot be exported', async () => {
    const { keyPair } = await makeEphemeral();
    for (const form of ['jwk', 'pkcs8'] as const) {
      await expect(crypto.subtle.exportKey(form, keyPair.privateKey)).rejects.toThrow();
    }
  });

  it('[E4] a key of another length is not sealed at all', async () => {
    const { publicBytes } = await makeEphemeral();
    const short = sealKey({ ...binding(), ephemeralPublic: publicBytes, ck: utf8('short'), link: null });
    await expect(short).rejects.toThrow(RangeError);
  });
});

describe('the point that a key is sealed to', () => {
  const P = 'ffffffff00000001000000000000000000000000ffffffffffffffffffffffff';
  const ZERO = '00'.repeat(32);
  /** the square root of the curve's b: a point with x = 0 */
  const Y_AT_ZERO = '66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4';
  const of = (x: string, y: string) => hex(`04${x}${y}`);
  const [x, y] = [A3.pkRm.slice(2, 66), A3.pkRm.slice(66)];
  const sealTo = (point: Uint8Array) => sealKey({ ...binding(), ephemeralPublic: point, ck: makeKey(), link: null });

  it('[E4] may be any of the curve', async () => {
    for (const point of [of(x, y), of(ZERO, Y_AT_ZERO)]) {
      expect(fromBase64url(await sealTo(point))).toHaveLength(SEALED_BYTES);
      expect(await importPublic(toBase64url(point))).not.toBeNull();
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
  ])('[E4 E12] is refused %s, and so is such a public key of a statement', async (_what, point) => {
    await expect(sealTo(point)).rejects.toThrow();
    expect(await importPublic(toBase64url(point))).toBeNull();
  });
});
