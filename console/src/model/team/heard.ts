import { agreed } from '@clbchat/shared/agreed';
import { ISSUER_SECONDS_MAX, DEVICE_SECONDS_MAX } from '@clbchat/shared/statement/certificate.schema';

/** Moments in ms, by id. */
type Moments = Readonly<Record<string, number>>;
/** When something went, as the two clocks said then: not earlier than the one, and by the other at the latest. */
interface Went {
  readonly fromMs: number;
  readonly atMs: number;
}
type AllThatWent = Readonly<Record<string, Went>>;

/**
 * What this browser heard of who signs and who chats: since when it knows, by its own clock, that an issuer stands and a computer is on
 * record, and when it heard that one was revoked or gone. A service that says otherwise later is not believed [O23 O60].
 */
export interface Heard {
  readonly stood: Moments;
  readonly listed: Moments;
  readonly revoked: AllThatWent;
  readonly gone: AllThatWent;
}
export const NOTHING_HEARD: Heard = { stood: {}, listed: {}, revoked: {}, gone: {} };

/** What the service says: who signs by its word, and the computers that are signed under roots of this browser. */
export interface Says {
  /** by this browser's own clock */
  readonly askedMs: number;
  readonly heardMs: number;
  /** by the service's */
  readonly nowMs: number;
  readonly issuers: readonly { readonly id: string; readonly revoked: boolean }[];
  readonly listed: readonly string[];
}
export type When = Pick<Says, 'askedMs' | 'heardMs'>;

/** How long after it was signed a chain can still be renewed: longer than any that was signed before stands, and 60 days. */
const KEPT_MS = (ISSUER_SECONDS_MAX + 2 * DEVICE_SECONDS_MAX) * 1_000;
/** of each: many times what a centre has */
export const HEARD_MAX = 2_000;

/** The first that was heard of each stays; where there is no room for more nothing is renewed, and so nothing is forgotten too early. */
export const isFull = ({ revoked, gone }: Heard): boolean =>
  [revoked, gone].some((ids) => Object.keys(ids).length >= HEARD_MAX);

/** Whether this browser renews nothing with its issuer, whatever the service says. @param heard null where it cannot remember */
export const renewsNothing = (heard: Heard | null, mine: string): boolean =>
  heard === null || isFull(heard) || Object.hasOwn(heard.revoked, mine);

/** A browser of the release before kept ids alone: since when it knew them nobody can say, so since ever. */
const momentsOf = (kept: Moments | readonly string[]): Moments =>
  Array.isArray(kept) ? Object.fromEntries((kept as readonly string[]).map((id) => [id, 0])) : (kept as Moments);

/** One of before kept a single moment of each. */
const wentOf = (kept: AllThatWent | Moments): [string, Went][] =>
  Object.entries(kept).map(([id, one]: [string, Went | number]) => [
    id,
    typeof one === 'number' ? { fromMs: one, atMs: one } : one,
  ]);

export function heardAfter(before: Heard, says: Says): Heard {
  const standing = says.issuers.filter((one) => !one.revoked).map(({ id }) => id);
  const out = says.issuers.filter((one) => one.revoked).map(({ id }) => id);
  const signs = seenAfter(momentsOf(before.stood), standing, says);
  const chats = seenAfter(momentsOf(before.listed), says.listed, says);
  return {
    stood: signs.seen,
    listed: chats.seen,
    revoked: added(before.revoked, [...out, ...signs.gone], says),
    gone: added(before.gone, chats.gone, says),
  };
}

/** What is there, and what went: of what this browser knows only since it asked, the answer says nothing by leaving it out [U80]. */
function seenAfter(before: Moments, there: readonly string[], { askedMs, heardMs }: When) {
  const now = new Set(there);
  const isGone = ([id, sinceMs]: readonly [string, number]) => !now.has(id) && sinceMs <= askedMs;
  const known = Object.entries(before);
  // a clock that was set back knows nothing of later
  const stay = known.filter((one) => !isGone(one)).map(([id, ms]) => [id, Math.min(ms, heardMs)] as const);
  const seen = new Map([...there.map((id) => [id, heardMs] as const), ...stay]);
  return {
    seen: Object.fromEntries([...seen].slice(0, HEARD_MAX)),
    gone: known.filter(isGone).map(([id]) => id),
  };
}

/**
 * Nobody's word alone makes it forget, or has something gone earlier than it did: the service may lie about the time, and this
 * computer's clock be wrong. What went is dated by the later clock; once both say the same, a moment that is still to come was a
 * lie or a wrong clock, and it went by now, though not before the earlier clock said: no press after that counts for nothing, and
 * what was heard while both said the same stays as it is, also where both are wrong by now. A computer that went, came back by a
 * press and went again went now.
 */
function added(before: AllThatWent | Moments, ids: readonly string[], { heardMs, nowMs }: Says): AllThatWent {
  const clocks = [heardMs, Number.isFinite(nowMs) ? nowMs : heardMs];
  const [earlierMs, laterMs] = [Math.min(...clocks), Math.max(...clocks)];
  const agree = laterMs - earlierMs <= agreed.skewMsMax;
  const all = new Map(wentOf(before).filter(([, { atMs }]) => atMs > earlierMs - KEPT_MS));
  for (const [id, { fromMs, atMs }] of all)
    if (agree && atMs > laterMs + agreed.skewMsMax) all.set(id, { fromMs, atMs: Math.max(fromMs, laterMs) });
  // where both say the same it went when the later one says: a day is enough for another signature
  const sinceMs = agree ? laterMs : earlierMs;
  for (const id of ids) {
    const { fromMs = sinceMs, atMs = laterMs } = all.get(id) ?? {};
    all.set(id, { fromMs: Math.max(fromMs, sinceMs), atMs: Math.max(atMs, laterMs) });
  }
  return Object.fromEntries([...all].slice(0, HEARD_MAX));
}
