import { fromBase64url } from '../base64url.ts';
import type { Digest } from '../ids.ts';
import { read } from '../protocol/wire.ts';
import { CHAIN_PARTS, type Trust } from './certificate.ts';
import {
  deviceCertificate,
  issuerCertificate,
  ISSUER_SECONDS_MAX,
  lasts,
  type DeviceCertificate,
  type IssuerCertificate,
} from './certificate.schema.ts';
import { importPublic, pinOf, type Key } from './signingKey.ts';
import { readPayload, verify } from './statement.ts';

/** More characters than any chain of ours has. */
export const CHAIN_CHARS_MAX = 4_096;

/** Why a root's word for an issuer does not count: no root of this centre · not signed, or nothing of ours · not at this time. */
export type WhyNoIssuer = 'root' | 'chain' | 'clock';
export type CheckedIssuer =
  | { readonly ok: true; readonly issuer: IssuerCertificate; readonly publicKey: Key; readonly digest: Digest }
  | { readonly ok: false; readonly why: WhyNoIssuer };

/** @param text `root point . issuer payload . its signature`. Never throws. */
export async function verifyIssuer(text: string, { pins, nowMs, skewMsMax }: Trust): Promise<CheckedIssuer> {
  const [rootPublic = '', ...statement] = text.split('.');
  if (!pins.includes(await pinOf(rootPublic))) return { ok: false, why: 'root' };
  const root = await importPublic(rootPublic);
  const issuer = root && (await verify(root, 'issuer', statement.join('.'), issuerCertificate));
  const publicKey = issuer && (await importPublic(issuer.pub));
  if (!publicKey || !lasts(issuer, ISSUER_SECONDS_MAX)) return { ok: false, why: 'chain' };
  const { nbf, exp } = issuer;
  if (nowMs < nbf * 1_000 - skewMsMax || nowMs > exp * 1_000 + skewMsMax) return { ok: false, why: 'clock' };
  return { ok: true, issuer, publicKey, digest: (await pinOf(issuer.pub)) as Digest };
}

/** What a chain says of its device and its issuer. */
interface ChainWords {
  readonly device: DeviceCertificate;
  /** digest of the public key of the issuer */
  readonly issuer: Digest;
}

/** A chain that somebody else verified, or will: who trusts these words without that trusts anybody. Null for what is none. */
export async function wordsIn(chain: string): Promise<ChainWords | null> {
  const parts = chain.length > CHAIN_CHARS_MAX ? [] : chain.split('.');
  if (parts.length !== CHAIN_PARTS) return null;
  const said = ([at, schema]: readonly [number, Parameters<typeof read>[0]]) => {
    const { t: _t, v: _v, ...says } = readPayload(fromBase64url(parts[at] ?? '') ?? new Uint8Array(0)) ?? {};
    return read(schema, says);
  };
  const issuer = said([2, issuerCertificate]) as IssuerCertificate | null;
  const device = said([4, deviceCertificate]) as DeviceCertificate | null;
  return issuer && device ? { device, issuer: (await pinOf(issuer.pub)) as Digest } : null;
}

/** The issuer's part of a chain, as verifyIssuer takes it. */
export const issuerPartOf = (chain: string): string => chain.split('.').slice(1, 4).join('.');

type Said = Pick<DeviceCertificate, 'org' | 'sub' | 'pub' | 'name' | 'site'>;

/** Whether two certificates say the same of the same device, byte for byte, but for when. */
export const isSameButTimes = (a: Said, b: Said): boolean =>
  a.org === b.org && a.sub === b.sub && a.pub === b.pub && a.name === b.name && a.site === b.site;
