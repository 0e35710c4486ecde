import type { AccountId } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import * as v from 'valibot';

/**
 * `password`: with a code of her app. `code`: it opens nothing but the way to a new passkey [G7]. `oidc`: a provider says that
 * several factors were shown [G32].
 */
export const METHODS = ['demo', 'passkey', 'code', 'password', 'oidc'] as const;
export type Method = (typeof METHODS)[number];

/** What somebody's roles come to at a session that she opened like this. */
export const rolesBy = <Role>(method: Method, roles: readonly Role[]): readonly Role[] =>
  method === 'code' ? [] : roles;

/** By which methods somebody shows that it is she, at this moment. */
const COUNTS: readonly Method[] = ['demo', 'passkey', 'password'];
export const mayCount = (method: Method): boolean => COUNTS.includes(method);

export interface Session {
  readonly account: AccountId;
  readonly method: Method;
  /** digest of the cookie: names the session without being it. A device signs it, and a page may know it */
  readonly binding: string;
  /** from then on it is over, unless its account holds somebody [A12] */
  readonly dueMs: number;
  /** from then on it is over in any case */
  readonly expMs: number;
}

/** What is stored of a session. */
export const sessionDocument = v.strictObject({
  account: v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(32),
    v.transform((text) => text as AccountId),
  ),
  /** how she showed who she is */
  method: v.picklist(METHODS),
  /** the day in Brussels on which she signed in, not the hour: no diary of staff. Earlier releases kept none */
  made: v.optional(v.pipe(v.string(), v.maxLength(10), v.isoDate())),
  /** its absolute end, once the row's own is the later one up to which somebody may be held */
  dueMs: v.optional(v.number()),
  /** digest of the session that took its place; this one opens nothing any more */
  heir: v.optional(v.string()),
  /** with `heir`: the end of the minute of [A12], also once somebody has used that one. Earlier releases kept none */
  againMs: v.optional(v.number()),
  /** with `heir`: that one is no renewal, she signed in anew, and nothing goes on by the cookie of this one */
  anew: v.optional(v.literal(true)),
});
export type Kept = v.InferOutput<typeof sessionDocument>;

/** For how long at most one lasts of which nobody heard: until nobody was there for too long, and until that is seen [A14]. */
export const unheardMsMax = (limits: Pick<Limits, 'sessionIdleMs' | 'sessionCheckEveryMs'>): number =>
  limits.sessionIdleMs + limits.sessionCheckEveryMs;

/** The end of the minute in which the cookie of one in whose place another came is worth something for itself [A12]. */
export const againMsOf = (
  { endMs, kept }: { readonly endMs: number; readonly kept: Kept },
  limits: Parameters<typeof unheardMsMax>[0],
): number => kept.againMs ?? endMs - unheardMsMax(limits);

/** Null of one that cannot be read. */
export function keptIn(text: string | undefined): Kept | null {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), sessionDocument), text);
  return read.success ? read.output : null;
}

/** The session that took the place of this one, by what is stored of it; of one that cannot be read nobody knows any. */
export const heirOf = (text: string | undefined): string | undefined => keptIn(text)?.heir;
