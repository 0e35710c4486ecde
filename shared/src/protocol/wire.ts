import * as v from 'valibot';
import { POINT_BYTES } from '../bytes.ts';
import { LANGUAGES, ROLES, TOPICS, type AccountId, type Digest, type RequestId, type VisitId } from '../ids.ts';
import type { ProblemCode } from '../problem.ts';
import * as shape from '../shape.ts';

/** The answer to every request. Nothing throws across the wire. */
export type Ack<Value> = { ok: true; value: Value } | { ok: false; code: ProblemCode };

export const done = <Value>(value: Value): Ack<Value> => ({ ok: true, value });
export const refused = (code: ProblemCode): Ack<never> => ({ ok: false, code });

/** The words of shape.ts for valibot. */
export const string = (...given: Parameters<typeof shape.text>) => v.custom<string>(shape.text(...given));
export const opaque = (charsMax: number) => v.custom<string>(shape.opaque(charsMax));
export const bytes = (count: number) => v.custom<string>(shape.bytes(count));
export const COUNTER_MAX = 2 ** 31;

export const visitId = v.pipe(
  bytes(16),
  v.transform((text) => text as VisitId),
);
export const digest = v.pipe(
  bytes(32),
  v.transform((text) => text as Digest),
);
export const account = v.pipe(
  opaque(32),
  v.transform((text) => text as AccountId),
);
export const requestId = v.pipe(
  bytes(16),
  v.transform((text) => text as RequestId),
);
export const secret = bytes(32);
export const counter = v.custom<number>(shape.whole(COUNTER_MAX));
export const role = v.picklist(ROLES);
export const topic = v.picklist(TOPICS);
export const language = v.picklist(LANGUAGES);
export const nothing = v.optional(v.strictObject({}));

/** Half of a split key that the store keeps for one side: an id and 32 bytes that open nothing alone. */
export const share = v.strictObject({ rid: bytes(8), R: secret });
export type Share = v.InferOutput<typeof share>;

/** A signed one-time key of a counsellor: certificates and statement, as one string (statement/keyOffer.ts). */
export const keyOffer = string(6_144, /^[\w.-]+$/);
/** HPKE: the encapsulated key, then 32 + 32 bytes of plaintext with a tag of 16. */
export const SEALED_BYTES = POINT_BYTES + 64 + 16;
export const sealed = bytes(SEALED_BYTES);

/** What the visitor is told about the wait: minutes, rounded to five; null when nobody knows. */
export type Range = { fromMin: number; toMin: number } | null;
