import { agreed } from '../agreed.ts';

/**
 * What a person typed, made harmless to show and sure to fit. The same for who sends and who receives: a sender
 * may be anybody. Source: SECURITY, "Text rendering"; E2EE, "Sealed messages".
 */
export type Normalised = { ok: true; text: string } | { ok: false; why: 'empty' | 'too_long' | 'surrogate' };

/** Past this many times the limit nothing is looked at. */
const RAW_FACTOR = 10;

/** Line ends of any system, and the two of Unicode. */
const LINE_ENDS = /\r\n|[\r\u0085\u2028\u2029]/g; // at most RAW_FACTOR
/**
 * Invisible things, with those that carry meaning first, kept by their group: a joiner inside an emoji, a
 * non-joiner between letters (Persian needs it), a subdivision flag, a variation selector. The rest, controls and
 * marks that turn a line around among them, goes.
 */
const INVISIBLE =
  /([\p{ExtPict}\p{EMod}\uFE0F]\u200D)(?=\p{ExtPict})|([^\P{L}\p{DI}]\u200C)(?=[^\P{L}\p{DI}])|(\u{1F3F4}[\u{E0020}-\u{E007E}]+\u{E007F})|([\uFE0E\uFE0F])|(?!\n)[\p{Cc}\p{DI}\u061C]/gu; // at most RAW_FACTOR; linear enough: each branch looks at its neighbours, and a flag has one end
/** Marks on one letter: what a script needs, not a tower through three lines. */
const MARKS = /(\p{M}{8})\p{M}+/gu; // at most RAW_FACTOR
const BLANK_LINES = /\n{4,}/g; // at most RAW_FACTOR

const tidy = (text: string) =>
  text
    .replace(INVISIBLE, '$1$2$3$4')
    .normalize('NFC')
    .replace(MARKS, '$1')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(BLANK_LINES, '\n\n\n')
    .trim();

/** @param unitsMax UTF-16 units that are left at most, after normalising */
export function normalise(raw: string, unitsMax: number = agreed.textUnitsMax): Normalised {
  if (raw.length > unitsMax * RAW_FACTOR) return { ok: false, why: 'too_long' };
  if (/\p{Cs}/u.test(raw)) return { ok: false, why: 'surrogate' }; // at most RAW_FACTOR
  let text = raw.replace(LINE_ENDS, '\n').replaceAll('\t', ' ');
  // removing one thing may join two others, so until nothing changes
  for (let next = tidy(text); next !== text; next = tidy(text)) text = next;
  if (text === '') return { ok: false, why: 'empty' };
  return text.length > unitsMax ? { ok: false, why: 'too_long' } : { ok: true, text };
}

/** As `normalise`, on one line: a nickname, a step of a plan. */
export const normaliseLine = (raw: string, unitsMax: number): Normalised =>
  raw.length > unitsMax * RAW_FACTOR
    ? { ok: false, why: 'too_long' }
    : normalise(raw.replace(/[\s\u0085]+/gu, ' '), unitsMax); // at most RAW_FACTOR
