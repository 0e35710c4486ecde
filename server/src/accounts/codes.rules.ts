import { createHash, randomInt } from 'node:crypto';

/** Letters and digits that nobody takes for another one: no I, L, O and U. Five bits each. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 100 random bits, so that a plain digest gives nothing away. */
const CODE_CHARS = 20;
const GROUP_CHARS = 5;
const TAKEN_FOR: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };
/** Of what a person types: with whatever stands between the groups. */
export const TYPED_CHARS_MAX = 64;

/** A recovery code as a person reads it: `7Q2KD-…`, four groups of five. */
export function newCode(): string {
  const chars = Array.from({ length: CODE_CHARS }, () => ALPHABET[randomInt(ALPHABET.length)]);
  const groups = Array.from({ length: CODE_CHARS / GROUP_CHARS }, (_, at) =>
    chars.slice(at * GROUP_CHARS, (at + 1) * GROUP_CHARS).join(''),
  );
  return groups.join('-');
}

/**
 * What is kept of a code, as base64url: the same for whatever way a person types it, in small letters, without or with
 * other spaces, an O for the zero.
 *
 * @returns null for what is no code
 */
export function digestOfCode(typed: string): string | null {
  if (typed.length > TYPED_CHARS_MAX) return null;
  const plain = [...typed.toUpperCase()]
    .filter((char) => char.trim() !== '' && char !== '-')
    .map((char) => TAKEN_FOR[char] ?? char)
    .join('');
  if (plain.length !== CODE_CHARS || [...plain].some((char) => !ALPHABET.includes(char))) return null;
  return createHash('sha256').update(`clbchat/1 code\n${plain}`).digest('base64url');
}
