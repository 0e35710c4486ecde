import { createCipheriv } from 'node:crypto';
import { Aes256Gcm, CipherSuite as OracleSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { AEAD_AES_128_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { fromBase64url, toBase64url } from '@clbchat/shared/base64url';
import { concat, utf8 } from '@clbchat/shared/bytes';
import { epochBytes } from '@clbchat/shared/crypto/context';
import { makeKey } from '@clbchat/shared/crypto/epoch';
import { makeEphemeral, openKey, sealKey } from '@clbchat/shared/crypto/seal';
import { randomToken } from '@clbchat/shared/digest';
import { SEALED_BYTES, sealed as sealedSchema } from '@clbchat/shared/protocol/wire';
import { RFC9180_A3 as A3, hex } from './hpkeVector.ts';
import { keySchedule } from './keySchedule.ts';

const oracle = new OracleSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const binding = () => ({ offerDigest: makeKey(), visitId: randomToken(16), epoch: 1 });
const P256 = { name: 'ECDH', namedCurve: 'P-256' } as const;

async function pairOf(privateRaw: Uint8Array, publicRaw: Uint8Array): Promise<CryptoKeyPair> {
  const [x, y] = [publicRaw.slice(1, 33), publicRaw.slice(33)].map(toBase64url);
  const jwk = { kty: 'EC', crv: 'P-256', d: toBase64url(privateRaw), x: x ?? '', y: y ?? '' };
  const privateKey = await crypto.subtle.importKey('jwk', jwk, P256, false, ['deriveBits']);
  return { privateKey, publicKey: await crypto.subtle.importKey('raw', concat(publicRaw), P256, true, []) };
}

describe('the seal, RFC 9180', () => {
  it('[E4] opens the published vector of its KEM and key schedule', async () => {
    const suite = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_128_GCM);
    const pair = await suite.DeriveKeyPair(hex(A3.ikmR), true);
    expect(await suite.SerializePublicKey(pair.publicKey)).toEqual(hex(A3.pkRm));
    expect(await suite.SerializePrivateKey(pair.privateKey)).toEqual(hex(A3.skRm));
    const options = { info: hex(A3.info), aad: hex(A3.aad) };
    expect(await suite.Open(pair, hex(A3.enc), hex(A3.ciphertext), options)).toEqual(hex(A3.plaintext));
  });

  it('[E4] the key schedule written for this test gives the published key and nonce', () => {
    const { key, baseNonce } = keySchedule(hex(A3.sharedSecret), hex(A3.info), 1, 16);
    expect(key.toString('hex')).toBe(A3.key);
    expect(baseNonce.toString('hex')).toBe(A3.baseNonce);
  });

  it('[E4] with AES-256-GCM, the published shared secret opens what the key schedule says it must', async () => {
    const bound = binding();
    const { key, baseNonce } = keySchedule(hex(A3.sharedSecret), bound.offerDigest, 2, 32);
    const [ck, link] = [makeKey(), makeKey()];
    const cipher = createCipheriv('aes-256-gcm', key, baseNonce).setAAD(epochBytes(bound.visitId, bound.epoch));
    const ciphertext = Buffer.concat([cipher.update(concat(ck, link)), cipher.final(), cipher.getAuthTag()]);
    const sealed = toBase64url(concat(hex(A3.enc), ciphertext));
    const keyPair = await pairOf(hex(A3.skRm), hex(A3.pkRm));
    expect(await openKey({ ...bound, keyPair, sealed })).toEqual({ ck, link });
  });

  it('[E4] another implementation opens ours', async () => {
    const bound = binding();
    const recipient = await oracle.kem.generateKeyPair();
    const ephemeralPublic = new Uint8Array(await oracle.kem.serializePublicKey(recipient.publicKey));
    const [ck, link] = [makeKey(), makeKey()];
    const bytes = fromBase64url(await sealKey({ ...bound, ephemeralPublic, ck, link })) ?? new Uint8Array(0);
    const plain = await oracle.open(
      { recipientKey: recipient, enc: bytes.slice(0, 65), info: bound.offerDigest },
      bytes.slice(65),
      epochBytes(bound.visitId, bound.epoch),
    );
    expect(new Uint8Array(plain)).toEqual(concat(ck, link));
  });

  it('[E4] we open what another implementation sealed', async () => {
    const bound = binding();
    const { keyPair, publicBytes } = await makeEphemeral();
    const [ck, link] = [makeKey(), makeKey()];
    const recipientPublicKey = await oracle.kem.deserializePublicKey(concat(publicBytes));
    const made = await oracle.seal(
      { recipientPublicKey, info: bound.offerDigest },
      concat(ck, link),
      epochBytes(bound.visitId, 1),
    );
    const sealed = toBase64url(concat(new Uint8Array(made.enc), new Uint8Array(made.ct)));
    expect(await openKey({ ...bound, keyPair, sealed })).toEqual({ ck, link });
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
