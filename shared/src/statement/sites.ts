import * as v from 'valibot';
import type { Digest } from '../ids.ts';
import { namelessSites } from '../protocol/sites.ts';
import { ISSUER_SECONDS_MAX, issuerCertificate, lasts } from './certificate.schema.ts';
import type { Trust, WhyRefused } from './certificate.ts';
import type { Issuer } from './issuer.ts';
import { importPublic, pinOf } from './signingKey.ts';
import { sign, STATEMENT_VERSION, verify } from './statement.ts';

/**
 * The list of the pages that may show the chat is one string of characters A-Z a-z 0-9 _ - and dots:
 *
 *   version . root point . issuer payload . its signature . list . its signature
 *
 * The list says `rev`, which rises with each, and `iat`, the second in which it was signed. Its issuer has to be one then, and may
 * have ended since: whoever signed it was one of the centre's coordinators. `rev` is at most `iat`: a greater one could be the
 * greatest that there is, and no list ever followed it.
 */
const PARTS = 6;
/** UTF-16 units: the longest list that may be, in base64url, and what stands before it */
export const SIGNED_SITES_CHARS_MAX = 65_536;

/** A computer whose clock is more than a day wrong signs nothing that counts, and nobody whose clock is believes a list of later. */
export const SITES_SKEW_MS_MAX = 86_400_000;

const list = v.strictObject({
  rev: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  iat: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  sites: namelessSites,
});

type SignedSites = Readonly<Record<string, { readonly origins: readonly string[] }>>;

interface Said {
  /** above that of every list before */
  readonly rev: number;
  readonly sites: SignedSites;
  readonly nowMs: number;
}

/** Of the list after one with this `rev`: above it, and above all that a static side may have seen before a loss of the records. */
export const nextRev = (rev: number, nowMs: number): number => Math.max(rev + 1, Math.floor(nowMs / 1_000));

/**
 * The time that it says is never before its `rev`, whatever this clock says: so a next one exists after each that verifies.
 *
 * @throws when a site is not as verifySites wants it, and RangeError when the issuer has ended by then: nobody signs what none accepts
 */
export async function signSites(issuer: Issuer, { rev, sites, nowMs }: Said): Promise<string> {
  const iat = Math.max(rev, Math.floor(nowMs / 1_000));
  if (iat > issuer.exp) throw new RangeError('an issuer that has ended signs nothing');
  const plain = Object.fromEntries(Object.entries(sites).map(([id, { origins }]) => [id, { origins: [...origins] }]));
  const signed = await sign(issuer.keys.privateKey, 'sites', v.parse(list, { rev, iat, sites: plain }));
  return `${STATEMENT_VERSION}.${issuer.rootPublic}.${issuer.statement}.${signed}`;
}

export type CheckedSites =
  | {
      readonly ok: true;
      readonly rev: number;
      readonly atMs: number;
      readonly sites: SignedSites;
      readonly issuer: Digest;
    }
  | { readonly ok: false; readonly why: WhyRefused };

const refused = { ok: false, why: 'chain' } as const;

/** Checks bound, root, issuer and list, in this order, and times last. Never throws. */
export async function verifySites(text: string, { pins, nowMs, skewMsMax }: Trust): Promise<CheckedSites> {
  if (text.length > SIGNED_SITES_CHARS_MAX) return refused;
  const [version = '', rootPublic = '', ...parts] = text.split('.', PARTS + 1);
  if (version !== String(STATEMENT_VERSION)) return { ok: false, why: /^\d{1,3}$/.test(version) ? 'version' : 'chain' }; // at most SIGNED_SITES_CHARS_MAX
  if (parts.length !== PARTS - 2 || !pins.includes(await pinOf(rootPublic))) return refused;

  const root = await importPublic(rootPublic);
  const issuer = root && (await verify(root, 'issuer', `${parts[0]}.${parts[1]}`, issuerCertificate));
  const issuerKey = issuer && (await importPublic(issuer.pub));
  const says = issuerKey && (await verify(issuerKey, 'sites', `${parts[2]}.${parts[3]}`, list));
  if (!says || says.rev > says.iat || !lasts(issuer, ISSUER_SECONDS_MAX)) return refused;

  const atMs = says.iat * 1_000;
  const wasIssuer = atMs >= issuer.nbf * 1_000 - skewMsMax && atMs <= issuer.exp * 1_000 + skewMsMax;
  if (!wasIssuer || atMs > nowMs + skewMsMax) return { ok: false, why: 'clock' };
  return { ok: true, rev: says.rev, atMs, sites: says.sites, issuer: (await pinOf(issuer.pub)) as Digest };
}
