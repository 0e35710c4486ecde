/** UTF-16 units of the longest text that is asked about here: what a provider calls an account, and what is signed. */
const NAMED_CHARS_MAX = 80;
/** UTF-16 units of what somebody who works here is called. */
export const NAME_CHARS_MAX = 60;
/** UTF-16 units of what is typed into a field for a name: far above any. */
const TYPED_CHARS_MAX = 1_000;
/** What nobody sees, also three signs that count as letters or notes and have no ink, and what turns around what stands after it. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u{1D159}\u{16FE4}]/gu; // at most NAMED_CHARS_MAX
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u; // at most NAMED_CHARS_MAX
const SPACES = /[\p{Zs}\t]+/gu; // at most TYPED_CHARS_MAX
/** What is pasted of two cells or two lines is two words. */
const ENDS_OF_LINES = /[\n-\r\u0085\u2028\u2029]/gu; // at most TYPED_CHARS_MAX
/** More marks on one letter than any language writes: they would draw over the lines around it. */
const PILED = /\p{M}{5}/u; // at most NAMED_CHARS_MAX

export const withoutUnseen = (text: string): string => text.replace(UNSEEN, '');

/** Whether people can read a text as a name on one line, and tell it from another: bounded, and in NFC. */
export const isName = (text: string): boolean =>
  text.length <= NAMED_CHARS_MAX && withoutUnseen(text) === text && LETTER_OR_DIGIT.test(text) && !PILED.test(text);

/** Why somebody cannot be called this; null where she can. Some names are longer in our spelling than as they were typed. */
export function whyNoName(said: string): 'long' | 'unread' | null {
  if (said.length > NAME_CHARS_MAX) return 'long';
  return isName(said) ? null : 'unread';
}

/** Of any space, and of many, one is kept: on a page they look alike. */
export const spaced = (text: string): string => text.replace(SPACES, ' ');

/** One spelling of what looks alike, as it is kept of what a person typed or pasted: nobody sees what is left out [G93]. */
export const spelled = (typed: string): string =>
  spaced(withoutUnseen(spaced(typed.slice(0, TYPED_CHARS_MAX).replace(ENDS_OF_LINES, ' '))))
    .normalize('NFC') // once nothing unseen stands between a letter and its mark
    .trim();
