import { agreed } from '@clbchat/shared/agreed';

/**
 * Whether a text looks like something by which a person can be found. Asked here, on the device, and told to nobody.
 * It warns and never refuses, so it would rather miss an odd spelling than nag about a year or a mark.
 */
export type Personal = 'email' | 'phone' | 'national' | 'address';

/** UTF-16 units that are looked at, as many as a message may have before it is tidied up: any length could take minutes. */
export const LOOKED_AT_UNITS_MAX = 10 * agreed.textUnitsMax;

const EMAIL = /[\p{L}\d._%+-]@[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2}/u; // at most LOOKED_AT_UNITS_MAX
/** A Belgian number: +32 or 0032 or 0, then eight or nine digits, with up to four dots, slashes, hyphens or spaces between two of them. */
const PHONE =
  /(?:^|\D)(?:(?:\+|00)32[\s./-]{0,4}(?:\(0\)[\s./-]{0,4})?|0)[1-9](?:[\s./-]{0,4}\d){7,8}(?![\s./-]{0,4}\d)/; // at most LOOKED_AT_UNITS_MAX
/** Rijksregisternummer: 85.07.30-033.28, with or without its marks. */
const NATIONAL = /(?:^|\D)\d{2}[\s.]?(?:0\d|1[0-2]|[2-5]\d)[\s.]?[0-3]\d[\s.-]?\d{3}[\s.-]?\d{2}(?!\d)/; // at most LOOKED_AT_UNITS_MAX
/** A street and its number. */
const ADDRESS =
  /(?:^|\P{L})\p{L}*(?:straat|laan|steenweg|dreef|lei|kaai|plein|baan|straatje|dijk|kouter)\s+(?:nr\.?\s*)?\d{1,4}(?!\d)/iu; // at most LOOKED_AT_UNITS_MAX; linear enough: begins where a word begins, and goes through it once

/** What is longer than that is refused for its length, and not looked at [W9]. */
export function personalData(text: string): Personal | null {
  if (text.length > LOOKED_AT_UNITS_MAX) return null;
  if (EMAIL.test(text)) return 'email';
  if (NATIONAL.test(text)) return 'national';
  if (PHONE.test(text)) return 'phone';
  return ADDRESS.test(text) ? 'address' : null;
}
