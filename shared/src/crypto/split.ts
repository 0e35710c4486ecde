import { fromBase64url, toBase64url } from '../base64url.ts';
import { concat, utf8, wipe, type Bytes } from '../bytes.ts';
import { visitBytes } from './context.ts';
import { decrypt, encrypt } from './gcm.ts';
import { deriveAes, importSecret } from './hkdf.ts';

/**
 * A split key: this side keeps the wrap, the server keeps R, and neither opens anything alone. When R goes, what lies
 * on a disk is shredded (E2EE, "Reload and split-key persistence"). A wrap: version 1 | nonce 12 | ciphertext, tag 16.
 */
const VERSION = 1;

async function wrapKey(R: string, visitId: string): Promise<CryptoKey> {
  const half = fromBase64url(R);
  if (half?.length !== 32) throw new RangeError('half of a split key has 32 bytes');
  const secret = await importSecret(half);
  wipe(half);
  return deriveAes(secret, visitBytes(visitId), utf8('clbchat/1 wrap'));
}

/** @throws RangeError when R or the visit's id is malformed */
export async function wrap(R: string, visitId: string, plain: Uint8Array): Promise<string> {
  const sealed = await encrypt(await wrapKey(R, visitId), plain as Bytes);
  return toBase64url(concat(Uint8Array.of(VERSION), sealed));
}

/** @returns null when R is another one, the visit is another one, or the wrap is damaged. Never throws. */
export async function unwrap(R: string, visitId: string, wrapped: string): Promise<Bytes | null> {
  const bytes = fromBase64url(wrapped);
  if (bytes?.[0] !== VERSION) return null;
  try {
    return await decrypt(await wrapKey(R, visitId), bytes.subarray(1));
  } catch {
    return null;
  }
}
