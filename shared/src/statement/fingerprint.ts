import { fromBase64url } from '../base64url.ts';

const GROUPS = 8;
const DIGITS = 5;
const DIGEST_BYTES = 32;

/**
 * A pin as two people compare it, aloud or on paper: eight groups of five digits, two bytes each, of its first sixteen bytes.
 * Digits sound alike on no line, and 128 bits are more than anybody finds a second key for.
 *
 * @param pin base64url of 32 bytes (signingKey.ts, pinOf)
 * @throws RangeError for anything else
 */
export function fingerprintOf(pin: string): readonly string[] {
  const bytes = fromBase64url(pin);
  if (bytes?.length !== DIGEST_BYTES) throw new RangeError('no pin');
  return Array.from({ length: GROUPS }, (_, at) =>
    String(bytes[2 * at]! * 256 + bytes[2 * at + 1]!).padStart(DIGITS, '0'),
  );
}
