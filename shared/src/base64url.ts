import type { Bytes } from './bytes.ts';

/** How many characters so many bytes have. */
export const charsOf = (byteCount: number): number => Math.ceil((byteCount * 4) / 3);

/**
 * Groups of four characters, then a last group whose spare bits are zero: one array of bytes has one spelling,
 * so that comparing texts is comparing bytes. RFC 4648, 3.5 and 5, without padding.
 */
export const BASE64URL = /^(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/; // at most packetBytesMax

export function toBase64url(bytes: Uint8Array): string {
  let raw = '';
  for (const byte of bytes) raw += String.fromCharCode(byte);
  return btoa(raw).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @returns null when the text is not canonical base64url without padding. Never throws. */
export function fromBase64url(text: string): Bytes | null {
  if (!BASE64URL.test(text)) return null;
  const raw = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at += 1) bytes[at] = raw.charCodeAt(at);
  return bytes;
}
