import { fromBase64url, toBase64url } from './base64url.ts';
import { concat, utf8, type Bytes } from './bytes.ts';
import type { Digest, VisitId } from './ids.ts';

export const sha256 = async (bytes: Uint8Array): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', concat(bytes)));

/** Malformed text stands for its own characters: it has a digest, and it matches no token. */
const decoded = (text: string): Bytes => fromBase64url(text) ?? utf8(text);

/** What the store keeps of a token: SHA-256 of its bytes. */
export const digestOf = async (secret: string): Promise<Digest> => toBase64url(await sha256(decoded(secret))) as Digest;

/** A visit's id proves itself: only who made the proof can name it (PROTOCOL A4). */
export async function visitIdOf(proof: string): Promise<VisitId> {
  const whole = await sha256(concat(utf8('clbchat/1 visit'), decoded(proof)));
  return toBase64url(whole.subarray(0, 16)) as VisitId;
}

/** Random bytes of the platform, in base64url. */
export const randomToken = (byteCount: number): string =>
  toBase64url(crypto.getRandomValues(new Uint8Array(byteCount)));
