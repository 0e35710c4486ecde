import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke';
import { fromBase64url, toBase64url } from '../base64url.ts';
import { concat, isPoint, POINT_BYTES, wipe, type Bytes } from '../bytes.ts';
import { SEALED_BYTES } from '../protocol/wire.ts';
import { epochBytes } from './context.ts';

const KEY_BYTES = 32;
/** RFC 9180, base mode: 0x0010, 0x0001, 0x0002. */
const SUITE = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM);

/** A counsellor's one-time pair for one epoch. It lives in memory, cannot be exported, and goes when opened. */
export async function makeEphemeral(): Promise<{ publicBytes: Uint8Array; keyPair: CryptoKeyPair }> {
  const keyPair = await SUITE.GenerateKeyPair();
  return { publicBytes: await SUITE.SerializePublicKey(keyPair.publicKey), keyPair };
}

interface Binding {
  /** offerDigestOf(key offer) */
  offerDigest: Uint8Array;
  visitId: string;
  epoch: number;
}

const bound = ({ offerDigest, visitId, epoch }: Binding) => ({ info: offerDigest, aad: epochBytes(visitId, epoch) });

/**
 * Seals an epoch's key to a counsellor's one-time key. Always the same length; no link is 32 zero bytes.
 *
 * @throws when a length is wrong or `ephemeralPublic` is no uncompressed point on the curve
 */
export async function sealKey(
  input: Binding & { ephemeralPublic: Uint8Array; ck: Uint8Array; link: Uint8Array | null },
): Promise<string> {
  const plain = concat(input.ck, input.link ?? new Uint8Array(KEY_BYTES));
  try {
    if (input.ck.length !== KEY_BYTES || plain.length !== 2 * KEY_BYTES) throw new RangeError('a key has 32 bytes');
    if (!isPoint(input.ephemeralPublic)) throw new RangeError('not an uncompressed point');
    const to = await SUITE.DeserializePublicKey(input.ephemeralPublic);
    const { encapsulatedSecret, ciphertext } = await SUITE.Seal(to, plain, bound(input));
    return toBase64url(concat(encapsulatedSecret, ciphertext));
  } finally {
    wipe(plain);
  }
}

/** @returns null when it was not sealed to this key, for this key offer, visit and epoch. Never throws. */
export async function openKey(
  input: Binding & { keyPair: CryptoKeyPair; sealed: string },
): Promise<{ ck: Bytes; link: Bytes | null } | null> {
  const sealed = fromBase64url(input.sealed);
  if (sealed?.length !== SEALED_BYTES) return null;
  try {
    const [encapsulated, ciphertext] = [sealed.subarray(0, POINT_BYTES), sealed.subarray(POINT_BYTES)];
    const plain = await SUITE.Open(input.keyPair, encapsulated, ciphertext, bound(input));
    const [ck, link] = [concat(plain.subarray(0, KEY_BYTES)), concat(plain.subarray(KEY_BYTES))];
    wipe(plain);
    return { ck, link: link.some((byte) => byte !== 0) ? link : null };
  } catch {
    return null;
  }
}
