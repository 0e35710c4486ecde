import { fromBase64url } from '../base64url.ts';
import { isPoint } from '../bytes.ts';
import type { Key, KeyPair } from './signingKey.ts';

/** What complaints are sealed to. */
export const ECDH = { name: 'ECDH', namedCurve: 'P-256' } as const;
const SHARED_BITS = 256;

/** Extractable: its private half travels in the root files, and nowhere else. */
export const makeMailboxPair = async (): Promise<KeyPair> => crypto.subtle.generateKey(ECDH, true, ['deriveBits']);

/** Whether the two are halves of one pair: a third pair comes to the same secret with either. Never throws. */
export async function isMailboxPair(privateKey: Key, publicText: string): Promise<boolean> {
  const raw = fromBase64url(publicText);
  if (!raw || !isPoint(raw)) return false;
  try {
    const publicKey = await crypto.subtle.importKey('raw', raw, ECDH, true, []);
    const third = await crypto.subtle.generateKey(ECDH, false, ['deriveBits']);
    const [theirs, ours] = await Promise.all([
      crypto.subtle.deriveBits({ name: 'ECDH', public: third.publicKey }, privateKey, SHARED_BITS),
      crypto.subtle.deriveBits({ name: 'ECDH', public: publicKey }, third.privateKey, SHARED_BITS),
    ]);
    const secret = new Uint8Array(theirs);
    return new Uint8Array(ours).every((byte, at) => byte === secret[at]);
  } catch {
    return false;
  }
}
