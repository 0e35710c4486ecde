import { ISSUER_SECONDS_MAX, DEVICE_SECONDS_MAX } from '@clbchat/shared/statement/certificate.schema';

/**
 * What this browser heard of who signs and who chats, by id: which issuers stood and which computers were on record when it asked last, and
 * when it heard (in ms) that one was revoked or gone. A service that says otherwise later is not believed [O23 O60].
 */
export interface Heard {
  readonly stood: readonly string[];
  readonly listed: readonly string[];
  readonly revoked: Readonly<Record<string, number>>;
  readonly gone: Readonly<Record<string, number>>;
}
export const NOTHING_HEARD: Heard = { stood: [], listed: [], revoked: {}, gone: {} };

/** What the service says now: who signs by its word, and the computers that are signed under roots of this browser. */
export interface Says {
  readonly nowMs: number;
  readonly issuers: readonly { readonly id: string; readonly revoked: boolean }[];
  readonly listed: readonly string[];
}

/** How long after it was signed a chain can still be renewed: longer than any that was signed before stands, and 60 days. */
const KEPT_MS = (ISSUER_SECONDS_MAX + 2 * DEVICE_SECONDS_MAX) * 1_000;
/** of each: many times what a centre has */
export const HEARD_MAX = 2_000;

/** The first that was heard of each stays; where there is no room for more nothing is renewed, and so nothing is forgotten too early. */
export const isFull = ({ revoked, gone }: Heard): boolean =>
  [revoked, gone].some((ids) => Object.keys(ids).length >= HEARD_MAX);

export function heardAfter(before: Heard, { nowMs, issuers, listed }: Says): Heard {
  const standing = issuers.filter((one) => !one.revoked).map(({ id }) => id);
  const out = issuers.filter((one) => one.revoked).map(({ id }) => id);
  return {
    stood: standing.slice(0, HEARD_MAX),
    listed: listed.slice(0, HEARD_MAX),
    revoked: added(before.revoked, [...out, ...without(before.stood, standing)], nowMs),
    gone: added(before.gone, without(before.listed, listed), nowMs),
  };
}

function without(all: readonly string[], some: readonly string[]): string[] {
  const there = new Set(some);
  return all.filter((id) => !there.has(id));
}

/** A computer that went, came back by a press and went again went now. */
function added(before: Heard['gone'], ids: readonly string[], nowMs: number): Heard['gone'] {
  const kept = Object.entries(before).filter(([, atMs]) => atMs > nowMs - KEPT_MS);
  const all = new Map([...kept, ...ids.map((id) => [id, nowMs] as const)]);
  return Object.fromEntries([...all].slice(0, HEARD_MAX));
}
