import { concat, uint16, utf8, wipe, type Bytes } from '../bytes.ts';
import { deriveAes, hkdf, importSecret } from './hkdf.ts';

/**
 * HPKE, RFC 9180, as far as a seal needs it: base mode, one message for each encapsulated key, and one suite,
 * DHKEM(P-256, HKDF-SHA256) 0x0010, HKDF-SHA256 0x0001, AES-256-GCM 0x0002. Names are those of the RFC.
 * WebCrypto's HKDF extracts and expands in one call, so the key that encrypts is never bytes in memory.
 * Tests hold it beside two other implementations.
 */
const P256 = { name: 'ECDH', namedCurve: 'P-256' } as const;
/** SerializePublicKey: the uncompressed point. */
const POINT_BYTES = 65;
/** What every label of 4.1 stands behind, with the suite_id of the KEM and of the whole. */
const KEM = 'HPKE-v1KEM\0\x10';
const HPKE = 'HPKE-v1HPKE\0\x10\0\x01\0\x02';
/** The empty salt: HMAC fills its key with zeros, and not every engine takes a key of no bytes. */
const NO_SALT = new Uint8Array(32);

/** For one message only. The private key cannot be exported. */
export const makePair = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(P256, false, ['deriveBits']);

export const exportPoint = async (key: CryptoKey): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.exportKey('raw', key));

/** LabeledExtract without a salt, where nothing is expanded from it. */
async function extract(label: string, ikm: Uint8Array): Promise<Bytes> {
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', NO_SALT, hmac, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, concat(utf8(HPKE + label), ikm)));
}

/** The info of LabeledExpand. */
const labeledInfo = (length: number, label: string, context: Uint8Array): Bytes =>
  concat(uint16(length), utf8(label), context);

/** DH, then ExtractAndExpand of 4.1: 32 bytes. @throws when `point` is not an uncompressed one on the curve */
async function agree(privateKey: CryptoKey, point: Uint8Array, kemContext: Bytes): Promise<Bytes> {
  // some engines take the compressed and the hybrid form, too
  if (point.length !== POINT_BYTES || point[0] !== 4) throw new RangeError('not an uncompressed point');
  const theirs = await crypto.subtle.importKey('raw', concat(point), P256, false, []);
  const dh = new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, privateKey, 256));
  const ikm = concat(utf8(`${KEM}eae_prk`), dh);
  const secret = await importSecret(ikm);
  wipe(dh, ikm);
  const info = labeledInfo(32, `${KEM}shared_secret`, kemContext);
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf(NO_SALT, info), secret, 256));
}

/** Encap for an ephemeral pair. Wipe what it returns once used. @throws when `point` is not on the curve */
export async function encap(ephemeral: CryptoKeyPair, point: Uint8Array): Promise<{ enc: Bytes; sharedSecret: Bytes }> {
  const enc = await exportPoint(ephemeral.publicKey);
  return { enc, sharedSecret: await agree(ephemeral.privateKey, point, concat(enc, point)) };
}

/** Wipe what it returns once used. @throws when `enc` is no point on the curve */
export const decap = async (recipient: CryptoKeyPair, enc: Uint8Array): Promise<Bytes> =>
  agree(recipient.privateKey, enc, concat(enc, await exportPoint(recipient.publicKey)));

/** KeySchedule of 5.1 with no psk: the key and the nonce of the first message. */
export async function keySchedule(sharedSecret: Bytes, info: Uint8Array): Promise<{ key: CryptoKey; iv: ArrayBuffer }> {
  const none = new Uint8Array(0);
  const [pskIdHash, infoHash] = await Promise.all([extract('psk_id_hash', none), extract('info_hash', info)]);
  const context = concat(Uint8Array.of(0), pskIdHash, infoHash);
  const secret = await importSecret(utf8(`${HPKE}secret`));
  const [key, iv] = await Promise.all([
    deriveAes(secret, sharedSecret, labeledInfo(32, `${HPKE}key`, context)),
    crypto.subtle.deriveBits(hkdf(sharedSecret, labeledInfo(12, `${HPKE}base_nonce`, context)), secret, 96),
  ]);
  return { key, iv };
}

/** The one message that a shared secret is good for; it is wiped. */
async function once(sharedSecret: Bytes, info: Uint8Array, additionalData: Bytes) {
  const { key, iv } = await keySchedule(sharedSecret, info);
  wipe(sharedSecret);
  return { key, aead: { name: 'AES-GCM', iv, additionalData } };
}

/** @returns enc ‖ ciphertext. @throws when `to` is no point on the curve */
export async function sealBase(to: Uint8Array, plain: Bytes, info: Uint8Array, aad: Bytes): Promise<Bytes> {
  const { enc, sharedSecret } = await encap(await makePair(), to);
  const { key, aead } = await once(sharedSecret, info, aad);
  return concat(enc, new Uint8Array(await crypto.subtle.encrypt(aead, key, plain)));
}

/** @param sealed enc ‖ ciphertext. @throws when it was not sealed to this pair, with this info and aad */
export async function openBase(pair: CryptoKeyPair, sealed: Bytes, info: Uint8Array, aad: Bytes): Promise<Bytes> {
  const { key, aead } = await once(await decap(pair, sealed.subarray(0, POINT_BYTES)), info, aad);
  return new Uint8Array(await crypto.subtle.decrypt(aead, key, sealed.subarray(POINT_BYTES)));
}
