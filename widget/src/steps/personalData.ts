/**
 * Whether a text looks like something by which a person can be found. Asked here, on the device, and told to nobody.
 * It warns and never refuses, so it would rather miss an odd spelling than nag about a year or a mark.
 */
export type Personal = 'email' | 'phone' | 'national' | 'address';

const EMAIL = /[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}/u;
/** A Belgian number: +32 or 0032 or 0, then eight or nine digits, with dots, slashes, hyphens or spaces between. */
const PHONE = /(?<!\d)(?:(?:\+|00)32[\s./-]*(?:\(0\))?[\s./-]*|0)[1-9](?:[\s./-]*\d){7,8}(?![\s./-]*\d)/;
/** Rijksregisternummer: 85.07.30-033.28, with or without its marks. */
const NATIONAL = /(?<!\d)\d{2}[\s.]?(?:0\d|1[0-2]|[2-5]\d)[\s.]?[0-3]\d[\s.-]?\d{3}[\s.-]?\d{2}(?!\d)/;
/** A street and its number. */
const ADDRESS =
  /(?<!\p{L})\p{L}*(?:straat|laan|steenweg|dreef|lei|kaai|plein|baan|straatje|dijk|kouter)\s+(?:nr\.?\s*)?\d{1,4}(?!\d)/iu;

export function personalData(text: string): Personal | null {
  if (EMAIL.test(text)) return 'email';
  if (NATIONAL.test(text)) return 'national';
  if (PHONE.test(text)) return 'phone';
  return ADDRESS.test(text) ? 'address' : null;
}
