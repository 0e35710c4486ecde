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
import { RFC9180_A3 as A3, hex, pairOf } from './hpkeVector.ts';
import { keySchedule } from './keySchedule.ts';
import { openers, sealers } from './oracles.ts';

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

  it.each(openers)('[E4] %s opens ours', async (_name, open) => {
    const bound = binding();
    const { keyPair, publicBytes } = await makeEphemeral();
    const [ck, link] = [makeKey(), makeKey()];
    const bytes = fromBase64url(await sealKey({ ...bound, ephemeralPublic: publicBytes, ck, link })) ?? hex('');
    const plain = await open(keyPair, bytes, bound.offerDigest, epochBytes(bound.visitId, bound.epoch));
    expect(plain).toEqual(concat(ck, link));
  });

  it.each(sealers)('[E4] we open what %s sealed', async (_name, seal) => {
    const bound = binding();
    const { keyPair, publicBytes } = await makeEphemeral();
    const [ck, link] = [makeKey(), makeKey()];
    const made = await seal(publicBytes, concat(ck, link), bound.offerDigest, epochBytes(bound.visitId, 1));
    expect(await openKey({ ...bound, keyPair, sealed: toBase64url(made) })).toEqual({ ck, link });
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

  it('[E4] with any byte changed, or of another length, open nothing and throw nothing', async () => {
    const { bound, keyPair, sealed } = await sealedOnce();
    const bytes = fromBase64url(sealed) ?? new Uint8Array(0);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await openKey({ ...bound, keyPair, sealed: toBase64url(changed) }), `byte ${at}`).toBeNull();
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

  it('[E4] a key of another length, or a point off the curve, is not sealed at all', async () => {
    const bound = binding();
    const { publicBytes } = await makeEphemeral();
    await expect(sealKey({ ...bound, ephemeralPublic: publicBytes, ck: utf8('short'), link: null })).rejects.toThrow(
      RangeError,
    );
    const nowhere = new Uint8Array(65).fill(4);
    await expect(sealKey({ ...bound, ephemeralPublic: nowhere, ck: makeKey(), link: null })).rejects.toThrow();
  });
});
