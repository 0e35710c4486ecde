import { isOrigin } from '@clbchat/shared/protocol/origin';

/** Which pages may show the chat, by site, as a coordinator signed it. */
export interface Sites {
  /** rises with each change */
  readonly rev: number;
  /** when the computer says that it was signed at */
  readonly atMs: number;
  readonly sites: Readonly<Record<string, { readonly origins: readonly string[] }>>;
}

/** A list and the text that its signature is of. */
export interface SignedSites extends Sites {
  readonly text: string;
}

/** Whether a text is a list that whoever is pinned here let somebody sign. */
export type Verify = (
  text: string,
) => Promise<({ readonly ok: true } & Sites) | { readonly ok: false; readonly why: string }>;

/** By which two lists in a row may seem to be the other way round: each computer may be a day wrong. */
const SIGNED_APART_MS_MAX = 2 * 86_400_000;

/**
 * Whether it takes the place of what stands: only a later one does. A lower `rev` would bring a page back that was taken out,
 * and another list of the same `rev` is one of two that were signed, of which the first one counts.
 * One that was signed long before is by somebody who may not sign any more, and says a time at which she might.
 */
export const isLater = (found: Sites, standing: Sites | null): boolean =>
  standing === null || (found.rev > standing.rev && found.atMs >= standing.atMs - SIGNED_APART_MS_MAX);

/**
 * Origins of the pages that may frame the chat of a site. What is no origin never comes into a policy, whoever signed it.
 *
 * @returns null for a site that does not exist
 */
export const ancestorsIn = (list: Sites | null, site: string): readonly string[] | null =>
  list && Object.hasOwn(list.sites, site) ? (list.sites[site]?.origins ?? []).filter(isOrigin) : null;
