import * as v from 'valibot';

/** What a route takes and answers, for docs/api.json and for the tests, which hold every answer against it [N60 N61]. */
export interface Described {
  /** what it is for, as a sentence */
  readonly says: string;
  /** the very schema with which the route reads */
  readonly body?: v.GenericSchema;
  /** what may stand behind the `?`, each a text */
  readonly query?: v.StrictObjectSchema<v.ObjectEntries, undefined>;
  /** by status; null: without a body; a bare string: as text. What any route may answer besides needs no line here */
  readonly answers: Readonly<Record<number, v.GenericSchema | null>>;
}
/** By method and path, as Fastify has it: `POST /api/sign-out`. */
export type Api = Readonly<Record<string, Described>>;

/** Why something did not come about. */
export const problem = <const Code extends string>(...codes: readonly Code[]) =>
  v.strictObject({ code: v.picklist(codes) });

/** What any route may answer. @public */
export const everywhere: Described['answers'] = {
  400: problem('malformed'),
  401: problem('no_cert'),
  403: problem('not_yours', 'step_up', 'no_cert'),
  404: problem('gone'),
  413: problem('malformed'),
  415: problem('malformed'),
  429: v.strictObject({ code: v.literal('too_fast'), waitMs: v.optional(v.number()) }),
  431: problem('malformed'),
  500: problem('unavailable'),
  503: problem('unavailable'),
};

const DIGEST_CHARS = 43;
/** Digest of a session's cookie, base64url of SHA-256. */
export const binding = v.pipe(v.string(), v.length(DIGEST_CHARS));
export const roles = v.array(v.picklist(['counsellor', 'coordinator']));
/** `YYYY-MM-DD` in Brussels. */
export const day = v.pipe(v.string(), v.isoDate());
/** Until a session's absolute end. */
export const leftMs = v.pipe(v.number(), v.minValue(0));
/** Options of `navigator.credentials`, as WebAuthn has them in JSON. */
export const options = v.looseObject({ challenge: v.string() });
