import type { Digest } from '../ids.ts';
import {
  DEVICE_SECONDS_MAX,
  ISSUER_SECONDS_MAX,
  deviceCertificate,
  issuerCertificate,
  lasts,
  type DeviceCertificate,
} from './certificate.schema.ts';
import { importPublic, pinOf, type Key } from './signingKey.ts';
import { STATEMENT_VERSION, verify } from './statement.ts';

export type { DeviceCertificate };

/**
 * A chain is one string of characters A-Z a-z 0-9 _ - and dots:
 *
 *   version . root point . issuer payload . its signature . device payload . its signature
 *
 * The root stands in it whole; what makes it trusted is that its pin (SHA-256 of the point) came by another way.
 */
export const CHAIN_PARTS = 6;

export const assembleChain = (rootPublic: string, issuer: string, device: string): string =>
  `${STATEMENT_VERSION}.${rootPublic}.${issuer}.${device}`;

export interface Trust {
  /** base64url of SHA-256 of each trusted root; none trusts nobody */
  pins: readonly string[];
  nowMs: number;
  /** how far this machine's clock may be wrong */
  skewMsMax: number;
}
/** chain: not ours or damaged · clock: genuine, but not at this time · version: of a later version of this program */
export type WhyRefused = 'chain' | 'clock' | 'version';
export type CheckedChain =
  | { ok: true; device: DeviceCertificate; publicKey: Key; deviceDigest: Digest }
  | { ok: false; why: WhyRefused };

const chainRefused = { ok: false, why: 'chain' } as const;

/** Checks root, issuer and device, in this order, and their times last. Never throws. */
export async function verifyChain(chain: string, { pins, nowMs, skewMsMax }: Trust): Promise<CheckedChain> {
  const [version, rootPublic = '', ...parts] = chain.split('.');
  if (version !== String(STATEMENT_VERSION))
    return { ok: false, why: /^\d{1,3}$/.test(version ?? '') ? 'version' : 'chain' }; // at most packetBytesMax
  if (parts.length !== CHAIN_PARTS - 2 || !pins.includes(await pinOf(rootPublic))) return chainRefused;

  const root = await importPublic(rootPublic);
  const issuer = root && (await verify(root, 'issuer', `${parts[0]}.${parts[1]}`, issuerCertificate));
  const issuerKey = issuer && (await importPublic(issuer.pub));
  const device = issuerKey && (await verify(issuerKey, 'device', `${parts[2]}.${parts[3]}`, deviceCertificate));
  const publicKey = device && (await importPublic(device.pub));
  if (!publicKey || device.org !== issuer.org) return chainRefused;
  if (!lasts(issuer, ISSUER_SECONDS_MAX) || !lasts(device, DEVICE_SECONDS_MAX)) return chainRefused;

  for (const { nbf, exp } of [issuer, device]) {
    if (nowMs < nbf * 1_000 - skewMsMax || nowMs > exp * 1_000 + skewMsMax) return { ok: false, why: 'clock' };
  }
  return { ok: true, device, publicKey, deviceDigest: (await pinOf(device.pub)) as Digest };
}
