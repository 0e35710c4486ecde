import { concat, type Bytes } from '../bytes.ts';
import { NONCE_BYTES } from '../protocol/frame.ts';

const NONE = new Uint8Array(0);

/** AES-256-GCM under a random nonce. @returns nonce 12 | ciphertext, tag 16 */
export async function encrypt(key: CryptoKey, plain: Bytes, additionalData: Bytes = NONE): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  return concat(iv, new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain)));
}

/** @throws when it is too short, damaged, or of another key or additional data */
export async function decrypt(key: CryptoKey, sealed: Bytes, additionalData: Bytes = NONE): Promise<Bytes> {
  const [iv, ciphertext] = [sealed.subarray(0, NONCE_BYTES), sealed.subarray(NONCE_BYTES)];
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, ciphertext));
}
