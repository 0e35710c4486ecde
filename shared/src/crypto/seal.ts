import { fromBase64url, toBase64url } from '../base64url.ts';
import { concat, wipe, type Bytes } from '../bytes.ts';
import { SEALED_BYTES } from '../protocol/wire.ts';
import { epochBytes } from './context.ts';
import { exportPoint, makePair, openBase, sealBase } from './hpke.ts';

const KEY_BYTES = 32;

/** A counsellor's one-time pair for one epoch. It lives in memory, cannot be exported, and goes when opened. */
export async function makeEphemeral(): Promise<{ publicBytes: Uint8Array; keyPair: CryptoKeyPair }> {
  const keyPair = await makePair();
  return { publicBytes: await exportPoint(keyPair.publicKey), keyPair };
}

interface Binding {
  /** offerDigestOf(key offer) */
  offerDigest: Uint8Array;
  visitId: string;
  epoch: number;
}

/**
 * Seals an epoch's key to a counsellor's one-time key. Always the same length; no link is 32 zero bytes.
 *
 * @throws when a length is wrong or `ephemeralPublic` is no point on the curve
 */
export async function sealKey(
  input: Binding & { ephemeralPublic: Uint8Array; ck: Uint8Array; link: Uint8Array | null },
): Promise<string> {
  const plain = concat(input.ck, input.link ?? new Uint8Array(KEY_BYTES));
  try {
    if (input.ck.length !== KEY_BYTES || plain.length !== 2 * KEY_BYTES) throw new RangeError('a key has 32 bytes');
    const aad = epochBytes(input.visitId, input.epoch);
    return toBase64url(await sealBase(input.ephemeralPublic, plain, input.offerDigest, aad));
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
    const plain = await openBase(input.keyPair, sealed, input.offerDigest, epochBytes(input.visitId, input.epoch));
    const [ck, link] = [plain.slice(0, KEY_BYTES), plain.slice(KEY_BYTES)];
    wipe(plain);
    return { ck, link: link.some((byte) => byte !== 0) ? link : null };
  } catch {
    return null;
  }
}
