import * as v from 'valibot';
import { BASE64URL, charsOf } from '../base64url.ts';
import { POINT_BYTES } from '../bytes.ts';
import { LANGUAGES, NAME_CHARS, ROLES, TOPICS, type Digest, type RequestId, type VisitId } from '../ids.ts';
import type { ProblemCode } from '../problem.ts';

/**
 * Names one life of the live store's memory, and says nothing else: another one after each restart. What the store does
 * not know has ended when the life is the one that knew it, and is lost when it is another [V9].
 */
export type Life = string;

/** The answer to every request. Nothing throws across the wire. `lost` always comes with the life that does not know it. */
export type Ack<Value> = { ok: true; value: Value } | { ok: false; code: ProblemCode; life?: Life };

export const done = <Value>(value: Value): Ack<Value> => ({ ok: true, value });
export const refused = (code: ProblemCode, life?: Life): Ack<never> => ({
  ok: false,
  code,
  ...(life !== undefined && { life }),
});

export const REALTIME_PATH = '/rt/';
/**
 * On each request of long polling. A page of another origin cannot set it without asking the service first, so it
 * vouches for browsers that say neither `Origin` nor `Sec-Fetch-Site` with a GET to their own host (Safari before 16.4).
 */
export const OWN_PAGE_HEADER = 'x-clb';

/**
 * What came from outside, as its schema says it. The first mistake ends the reading, so that no pattern looks at a text
 * before its bound: in every pipe the bound stands first [E66].
 *
 * @returns null when it is anything else. Never throws.
 */
export function read<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> | null {
  const { success, output } = v.safeParse(schema, value, { abortEarly: true });
  return success ? output : null;
}

/** Characters of base64url, at least one and at most so many. */
export const opaque = (charsMax: number) => v.pipe(v.string(), v.maxLength(charsMax), v.regex(/^[\w-]+$/)); // at most charsMax
/** So many bytes in base64url, in their one spelling. */
export const bytes = (count: number) => v.pipe(v.string(), v.length(charsOf(count)), v.regex(BASE64URL));

const branded = <Brand extends string>() => v.transform((text: string) => text as Brand);
export const visitId = v.pipe(bytes(16), branded<VisitId>());
export const digest = v.pipe(bytes(32), branded<Digest>());
/** An id that is only a name: a mid, a request id. */
export const name = v.pipe(v.string(), v.length(NAME_CHARS), v.regex(/^[\w-]+$/)); // at most NAME_CHARS
export const requestId = v.pipe(name, branded<RequestId>());
export const secret = bytes(32);
export const counter = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31));
export const role = v.picklist(ROLES);
export const topic = v.picklist(TOPICS);
export const language = v.picklist(LANGUAGES);
export const nothing = v.optional(v.strictObject({}));

/** Half of a split key that the store keeps for one side: an id and 32 bytes that open nothing alone. */
export const share = v.strictObject({ rid: bytes(8), R: secret });
export type Share = v.InferOutput<typeof share>;

/** A signed one-time key of a counsellor: certificates and statement, as one string (statement/keyOffer.ts). */
const KEY_OFFER_CHARS_MAX = 6_144;
export const keyOffer = v.pipe(v.string(), v.maxLength(KEY_OFFER_CHARS_MAX), v.regex(/^[\w.-]+$/)); // at most KEY_OFFER_CHARS_MAX
/** HPKE: the encapsulated key, then 32 + 32 bytes of plaintext with a tag of 16. */
export const SEALED_BYTES = POINT_BYTES + 64 + 16;
export const sealed = bytes(SEALED_BYTES);

/** What the visitor is told about the wait: minutes, rounded to five; null when nobody knows. */
export type Range = { fromMin: number; toMin: number } | null;
