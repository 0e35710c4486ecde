import { Secret, TOTP } from 'otpauth';
import * as v from 'valibot';
import { COMMON_PASSWORDS } from './commonPasswords.rules.ts';

const LOGIN_CHARS_MIN = 3;
const LOGIN_CHARS_MAX = 60;
/** Not fewer, and no rule of what they are: a sentence is a good password. */
export const PASSWORD_CHARS_MIN = 12;
export const PASSWORD_CHARS_MAX = 128;
const HASH_CHARS_MAX = 256;
const SEALED_CHARS_MAX = 128;
const SEED_BYTES = 20;
const CODE_DIGITS = 6;
const TYPED_CODE_CHARS_MAX = 2 * CODE_DIGITS;
const STEP_S = 30;
/** Steps that a clock may be wrong by, in either direction. */
const STEPS_ASIDE = 1;

/** As somebody types it, in whatever letters: it may be an e-mail address. */
export const loginName = v.pipe(
  v.string(),
  v.maxLength(LOGIN_CHARS_MAX),
  v.trim(),
  v.toLowerCase(),
  v.minLength(LOGIN_CHARS_MIN),
  v.regex(/^[a-z0-9][a-z0-9._@+-]*$/), // at most LOGIN_CHARS_MAX
);
export const typedPassword = v.pipe(v.string(), v.minLength(1), v.maxLength(PASSWORD_CHARS_MAX));
/** Spaces in the middle are how an app shows it. */
export const typedTotp = v.pipe(
  v.string(),
  v.maxLength(TYPED_CODE_CHARS_MAX),
  v.transform((text) => text.replaceAll(' ', '')),
  v.regex(/^\d{6}$/), // at most TYPED_CODE_CHARS_MAX
);

/** What is stored of a password and what makes its codes. */
export const passwordDocument = v.strictObject({
  login: v.pipe(v.string(), v.maxLength(LOGIN_CHARS_MAX)),
  /** argon2id, of the peppered password */
  hash: v.pipe(v.string(), v.maxLength(HASH_CHARS_MAX)),
  /** seed of the codes, sealed by a key that is not in the records */
  seed: v.pipe(v.string(), v.maxLength(SEALED_CHARS_MAX)),
  /** the step of 30 s whose code counted last: it and all before it count no more */
  step: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});
export type Password = Readonly<v.InferOutput<typeof passwordDocument>>;

/** Letters and digits of a password beside what everybody knows of her and of us. */
const OWN_CHARS_MIN = 8;
const OURS = ['clbchat', 'clb', 'chat'];
const MARKS = /\p{Diacritic}/gu; // at most PASSWORD_CHARS_MAX
const NO_WORD = /[^a-z0-9]+/; // at most PASSWORD_CHARS_MAX

/** In small letters without marks; what looks like our own name is it. */
const plain = (text: string) => text.normalize('NFKD').replace(MARKS, '').toLowerCase().replaceAll('ch@t', 'chat');

/** How many letters and digits a password has beside her names and ours; null where none of these is in it. */
function beside(password: string, { login, name }: Named): number | null {
  const names = [...OURS, ...plain(`${name} ${login}`).split(NO_WORD)].filter((word) => word.length > 1);
  const longest = names.toSorted((a, b) => b.length - a.length);
  const left = longest.reduce((rest, word) => rest.replaceAll(word, ' '), plain(password));
  return left === plain(password) ? null : left.split(NO_WORD).join('').length;
}

interface Named {
  readonly login: string;
  /** as colleagues see her */
  readonly name: string;
}

/**
 * What a new password is refused for: too short, too few different signs, what many people have, the name in it that goes with
 * it, or little beside her name and ours [G19 G42].
 */
export function badOf(password: string, named: Named): 'short' | 'easy' | 'common' | 'name' | null {
  if (password.length < PASSWORD_CHARS_MIN) return 'short';
  if (new Set(password.toLowerCase()).size < 5) return 'easy';
  if (COMMON_PASSWORDS.has(password.toLowerCase())) return 'common';
  if (password.toLowerCase().includes(named.login)) return 'name';
  return (beside(password, named) ?? OWN_CHARS_MIN) < OWN_CHARS_MIN ? 'name' : null;
}

/** Nobody's: what is judged where nobody has the name that was typed, so that it takes as long. No password comes to it. */
export const NOBODYS = `$argon2id$v=19$m=65536,t=3,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

export const newSeed = (): Uint8Array => new Uint8Array(new Secret({ size: SEED_BYTES }).buffer);
const totpOf = (seed: Uint8Array, label: string) =>
  new TOTP({
    issuer: 'CLBChat',
    label,
    algorithm: 'SHA1', // what every app knows
    digits: CODE_DIGITS,
    period: STEP_S,
    secret: new Secret({ buffer: new Uint8Array(seed).buffer }),
  });

/** How an app gets a seed: by its address, or typed in. */
export function seedShown(seed: Uint8Array, login: string): { readonly secret: string; readonly uri: string } {
  const totp = totpOf(seed, login);
  return { secret: totp.secret.base32, uri: totp.toString() };
}

/** The step of which this is the code. Null for a code of none near now, and of none after the one that counted last. */
export function stepOf(code: string, seed: Uint8Array, after: number, nowMs: number): number | null {
  const aside = totpOf(seed, '').validate({ token: code, timestamp: nowMs, window: STEPS_ASIDE });
  if (aside === null) return null;
  const step = Math.floor(nowMs / (STEP_S * 1_000)) + aside;
  return step > after ? step : null;
}
