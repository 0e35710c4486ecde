import { fromBase64url, toBase64url } from '../base64url.ts';
import { isPoint } from '../bytes.ts';
import { sha256 } from '../digest.ts';

/** WebCrypto's key, named so that it means the same with and without the DOM's types. */
export type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
export interface KeyPair {
  publicKey: Key;
  privateKey: Key;
}

export const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** A pair for signing only; a root is extractable, for its encrypted file, a device never is. */
export const makeSigningPair = async (extractable = false): Promise<KeyPair> =>
  crypto.subtle.generateKey(ECDSA, extractable, ['sign', 'verify']);

/** The public point, 65 bytes, in base64url. */
export const exportPublic = async (key: Key): Promise<string> =>
  toBase64url(new Uint8Array(await crypto.subtle.exportKey('raw', key)));

/** @returns null for anything but an uncompressed point on the curve. */
export async function importPublic(text: string): Promise<Key | null> {
  const raw = fromBase64url(text);
  if (!raw || !isPoint(raw)) return null;
  try {
    return await crypto.subtle.importKey('raw', raw, ECDSA, true, ['verify']);
  } catch {
    return null;
  }
}

/** What a snippet and a bundle pin of a root, and how a device is named: SHA-256 of the point. */
export const pinOf = async (publicText: string): Promise<string> =>
  toBase64url(await sha256(fromBase64url(publicText) ?? new Uint8Array(0)));
