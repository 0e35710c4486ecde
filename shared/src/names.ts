/** What nobody sees, and what turns around what stands after it. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu; // at most what each caller lets through
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u; // the same
/** More marks on one letter than any language writes: they would draw over the lines around it. */
const PILED = /\p{M}{5}/u; // the same

export const withoutUnseen = (text: string): string => text.replace(UNSEEN, '');

/** Whether people can read a text as a name on one line, and tell it from another: bounded, and in NFC. */
export const isName = (text: string): boolean =>
  withoutUnseen(text) === text && LETTER_OR_DIGIT.test(text) && !PILED.test(text);
