import type { Bytes } from '../bytes.ts';

/** HKDF-SHA256 as WebCrypto has it: import what is secret, then derive. Nothing here can be exported. */
export const importSecret = (secret: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits', 'deriveKey']);

export const hkdf = (salt: Bytes, info: Bytes): HkdfParams => ({ name: 'HKDF', hash: 'SHA-256', salt, info });

/** A key for AES-256-GCM. */
export const deriveAes = (secret: CryptoKey, salt: Bytes, info: Bytes): Promise<CryptoKey> =>
  crypto.subtle.deriveKey(hkdf(salt, info), secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
