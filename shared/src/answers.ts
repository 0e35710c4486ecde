/** Canned answers of a centre: what one is, and how large all may be. The service and the console hold to it. */
export const ANSWERS_MAX = 100;
/** UTF-16 units of what is typed behind the `/`. */
export const ANSWER_NAME_CHARS_MAX = 24;
/** UTF-16 units of one text: with a nickname and a name in it, it is still one message. */
export const ANSWER_TEXT_CHARS_MAX = 1_000;
/** UTF-16 units of all together, as JSON: one request carries them. */
export const ANSWERS_CHARS_MAX = 60_000;

/** At which moment of a conversation it is of use. */
export const FOLDERS = ['start', 'listen', 'explain', 'close'] as const;
export type Folder = (typeof FOLDERS)[number];
/** Whom it is written for. */
export const READERS = ['all', 'pupil', 'parent'] as const;
export type Reader = (typeof READERS)[number];

export interface Answer {
  readonly name: string;
  readonly text: string;
  readonly folder: Folder;
  readonly for: Reader;
}

const NAME = /^[\p{Ll}\p{N}]+(?:-[\p{Ll}\p{N}]+)*$/u; // at most ANSWER_NAME_CHARS_MAX
/** Of plain text nothing that is not seen, but the end of a line: it would turn around or hide what stands beside it. */
const NOT_PLAIN = /(?!\n)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u; // at most ANSWER_TEXT_CHARS_MAX

/** Small letters and digits, with single dashes between. */
export const isAnswerName = (name: string): boolean => name.length <= ANSWER_NAME_CHARS_MAX && NAME.test(name);

/** Why nobody can send this text; null where she can. */
export function whyNoAnswer(text: string): 'empty' | 'long' | 'not_plain' | null {
  if (text.length > ANSWER_TEXT_CHARS_MAX) return 'long';
  if (text.trim() === '') return 'empty';
  return NOT_PLAIN.test(text) ? 'not_plain' : null;
}
