import { fromBase64url, toBase64url } from '../base64url.ts';
import { concat, utf8, wipe, type Bytes } from '../bytes.ts';
import { NONCE_BYTES, TAG_BYTES } from '../protocol/frame.ts';
import { visitBytes } from './context.ts';

/**
 * A split key: this side keeps the wrap, the server keeps R, and neither opens anything alone. When R goes, what lies
 * on a disk is shredded (E2EE, "Reload and split-key persistence"). A wrap: version 1 | nonce 12 | ciphertext, tag 16.
 */
const VERSION = 1;

async function wrapKey(R: string, visitId: string): Promise<CryptoKey> {
  const half = fromBase64url(R);
  if (half?.length !== 32) throw new RangeError('half of a split key has 32 bytes');
  const secret = await crypto.subtle.importKey('raw', half, 'HKDF', false, ['deriveKey']);
  wipe(half);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: visitBytes(visitId), info: utf8('clbchat/1 wrap') };
  return crypto.subtle.deriveKey(hkdf, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** @throws RangeError when R or the visit's id is malformed */
export async function wrap(R: string, visitId: string, plain: Uint8Array): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const key = await wrapKey(R, visitId);
  const ciphertext = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain as Bytes);
  return toBase64url(concat(Uint8Array.of(VERSION), iv, new Uint8Array(ciphertext)));
}

/** @returns null when R is another one, the visit is another one, or the wrap is damaged. Never throws. */
export async function unwrap(R: string, visitId: string, wrapped: string): Promise<Bytes | null> {
  const bytes = fromBase64url(wrapped);
  if (!bytes || bytes.length < 1 + NONCE_BYTES + TAG_BYTES || bytes[0] !== VERSION) return null;
  const iv = bytes.slice(1, 1 + NONCE_BYTES);
  try {
    const key = await wrapKey(R, visitId);
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes.slice(1 + NONCE_BYTES)));
  } catch {
    return null;
  }
}
