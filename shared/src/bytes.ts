/** Bytes in memory of their own: what WebCrypto takes. */
export type Bytes = Uint8Array<ArrayBuffer>;

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

/** @returns null when the bytes are not well-formed UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A fresh array with all parts one after the other. */
export function concat(...parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Two bytes, big-endian. @throws RangeError outside 0 to 65,535. */
export function uint16(value: number): Bytes {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff) throw new RangeError('not a 16-bit number');
  return Uint8Array.of(value >> 8, value & 0xff);
}

/** Length before content, so that no two lists of parts give the same bytes. */
export const lengthPrefixed = (part: Uint8Array): Bytes => concat(uint16(part.length), part);

export const POINT_BYTES = 65;
/** A point of P-256, uncompressed: the only one of three spellings that is taken, whatever the engine would take. */
export const isPoint = (raw: Uint8Array): boolean => raw.length === POINT_BYTES && raw[0] === 4;

/** Overwrites key bytes that are no longer needed. The engine may hold copies; this removes ours. */
export function wipe(...parts: Uint8Array[]): void {
  for (const part of parts) part.fill(0);
}
