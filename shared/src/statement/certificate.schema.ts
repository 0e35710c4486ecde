import * as v from 'valibot';
import { POINT_BYTES } from '../bytes.ts';
import { isName } from '../names.ts';
import { bytes, opaque } from '../protocol/wire.ts';

/** Words that a visitor reads: no control, no invisible mark that turns a line around, no lone surrogate. */
const WORDS_CHARS_MAX = 80;
const words = v.pipe(v.string(), v.maxLength(WORDS_CHARS_MAX), v.regex(/^[^\p{Cc}\p{Cf}\p{Cs}]+$/u)); // at most WORDS_CHARS_MAX
/** whole seconds since 1970 */
const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** P-256, uncompressed point */
export const point = bytes(POINT_BYTES);
const times = { nbf: seconds, exp: seconds };

/** What is signed of somebody, or of a centre: less than who reads a certificate lets through [G93]. */
export const isShown = (text: string): boolean => v.is(words, text) && isName(text);

export const issuerCertificate = v.strictObject({ org: words, pub: point, ...times });
export type IssuerCertificate = v.InferOutput<typeof issuerCertificate>;

/** s since 1970, in the year 9999: every moment before it can be written as a day. */
const WRITABLE_S_MAX = 253_402_300_799;
/** What a coordinator asks a root to sign on a computer without a network, and when (s since 1970). */
export const issuerRequest = v.strictObject({
  org: words,
  pub: point,
  at: v.pipe(seconds, v.maxValue(WRITABLE_S_MAX)),
});
export type IssuerRequest = v.InferOutput<typeof issuerRequest>;

/** `sub` is the account; `name` and `site` are what the visitor is shown, and come from nowhere else. */
export const deviceCertificate = v.strictObject({
  org: words,
  sub: opaque(32),
  name: words,
  site: words,
  pub: point,
  ...times,
});
export type DeviceCertificate = v.InferOutput<typeof deviceCertificate>;

export const DAY_S = 86_400;
/** A longer life than this is no certificate of ours, whoever signed it. E2EE, "Keys". */
export const ISSUER_SECONDS_MAX = 400 * DAY_S;
export const DEVICE_SECONDS_MAX = 60 * DAY_S;
/** For so long a device is signed, by whoever signs it here. */
export const DEVICE_SECONDS = 14 * DAY_S;
export const lasts = ({ nbf, exp }: { nbf: number; exp: number }, secondsMax: number) =>
  exp > nbf && exp - nbf <= secondsMax;
