import type * as v from 'valibot';
import { fromBase64url, toBase64url } from '../base64url.ts';
import { concat, fromUtf8, lengthPrefixed, utf8, type Bytes } from '../bytes.ts';
import { read } from '../protocol/wire.ts';
import type { Key } from './signingKey.ts';

/**
 * A statement is JSON whose bytes are signed and checked as they came, never serialised again. What it states is
 * in the signed bytes twice, before the payload and as its field `t`, so that none is read as another kind.
 * Text: payload.signature, both base64url. ECDSA P-256 with SHA-256, 64 bytes.
 */
export type Tag = 'issuer' | 'issuer request' | 'roots' | 'device' | 'offer' | 'socket' | 'sites';

/** The first thing in every chain and a field of every payload; another one is refused, in words. */
export const STATEMENT_VERSION = 1;

const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;
const covered = (label: string, content: Uint8Array): Bytes =>
  concat(lengthPrefixed(utf8(`clbchat/1 ${label}`)), content);

export const signBytes = async (key: Key, label: string, content: Uint8Array): Promise<string> =>
  toBase64url(new Uint8Array(await crypto.subtle.sign(SIGNATURE, key, covered(label, content))));

export async function verifyBytes(key: Key, label: string, content: Uint8Array, signature: string): Promise<boolean> {
  const raw = fromBase64url(signature);
  if (raw?.length !== 64) return false;
  try {
    return await crypto.subtle.verify(SIGNATURE, key, raw, covered(label, content));
  } catch {
    return false;
  }
}

/** Signs `payload` with `v` and `t` filled in. */
export async function sign(key: Key, tag: Tag, payload: object): Promise<string> {
  const bytes = utf8(JSON.stringify({ ...payload, v: STATEMENT_VERSION, t: tag }));
  return `${toBase64url(bytes)}.${await signBytes(key, tag, bytes)}`;
}

/**
 * @param schema of what the payload says beside `v` and `t`
 * @returns null when the signature, the tag or what it says is wrong. Never throws.
 */
export async function verify<T>(
  publicKey: Key,
  tag: Tag,
  text: string,
  schema: v.GenericSchema<unknown, T>,
): Promise<T | null> {
  const [payload, signature, ...rest] = text.split('.');
  const bytes = fromBase64url(payload ?? '');
  if (!bytes || !signature || rest.length > 0) return null;
  if (!(await verifyBytes(publicKey, tag, bytes, signature))) return null;
  const { t, v: version, ...says } = readPayload(bytes) ?? {};
  return t === tag && version === STATEMENT_VERSION ? read(schema, says) : null;
}

/** The payload of a statement whose signature somebody else must check, or has checked. */
export function readPayload(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes) ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
