/** Characters as a person counts them. Whoever has the file may try as long as he likes. */
export const PASSPHRASE_CHARS_MIN = 16;
/** UTF-16 units */
export const PASSPHRASE_UNITS_MAX = 128;
/** Fewer different characters than these are one key held down. */
const DIFFERENT_CHARS_MIN = 6;

/**
 * too_short, too_long: see the bounds · too_plain: the same few characters over and over · edge: a space that nobody sees on
 * paper · unprintable: what cannot be typed again
 */
export type PassphraseProblem = 'too_short' | 'too_long' | 'too_plain' | 'edge' | 'unprintable';

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/u; // at most PASSPHRASE_UNITS_MAX

/** Why a new file is not sealed with this. @returns null when it is good */
export function passphraseProblem(passphrase: string): PassphraseProblem | null {
  if (passphrase.length > PASSPHRASE_UNITS_MAX) return 'too_long';
  if (UNPRINTABLE.test(passphrase)) return 'unprintable';
  if (passphrase.trim() !== passphrase) return 'edge';
  const chars = [...typed(passphrase)];
  if (chars.length < PASSPHRASE_CHARS_MIN) return 'too_short';
  return new Set(chars).size < DIFFERENT_CHARS_MIN ? 'too_plain' : null;
}

/** The same letters are other code points on another keyboard: é is one or two. */
export const typed = (passphrase: string): string => passphrase.normalize('NFC');
