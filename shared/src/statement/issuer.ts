import { assembleChain } from './certificate.ts';
import { DAY_S, DEVICE_SECONDS, type DeviceCertificate } from './certificate.schema.ts';
import { issueDevice, issueIssuer } from './issue.ts';
import type { Pins } from './rootFile.ts';
import { exportPublic, makeSigningPair, type Key, type KeyPair } from './signingKey.ts';

const ISSUER_DAYS = 180;
/** So many days before its end it is time to make another one. */
const ISSUER_WARN_DAYS = 30;

/** What a coordinator signs devices with: a pair that never leaves her browser, and the root's word for it. */
export interface Issuer {
  readonly keys: KeyPair;
  readonly rootPublic: string;
  readonly statement: string;
  readonly org: string;
  /** of both roots of its centre, as the root file said: absent of one that an earlier release kept */
  readonly pins?: Pins;
  /** s since 1970 */
  readonly exp: number;
  /** s since 1970: from then on it is time for a new one */
  readonly warnFrom: number;
}

/** An opened root, as far as it signs. */
export interface RootKey {
  /** its public point */
  readonly root: string;
  /** of both roots, which its file sealed with it */
  readonly pins?: Pins;
  readonly key: Key;
}

/** @throws as issueIssuer */
export async function makeIssuer(
  root: RootKey,
  { org, nowMs }: { readonly org: string; readonly nowMs: number },
): Promise<Issuer> {
  const keys = await makeSigningPair();
  const { statement, exp } = await wordFor(root, { org, pub: await exportPublic(keys.publicKey), nowMs });
  return signsFrom({ keys, rootPublic: root.root, statement, org, exp, ...(root.pins && { pins: root.pins }) });
}

/** A root's word for an issuer, from now on. @throws as issueIssuer */
export async function wordFor(root: RootKey, { org, pub, nowMs }: { org: string; pub: string; nowMs: number }) {
  const nbf = Math.floor(nowMs / 1_000);
  const exp = nbf + ISSUER_DAYS * DAY_S;
  return { statement: await issueIssuer({ privateKey: root.key }, { org, pub, nbf, exp }), exp };
}

export const signsFrom = (known: Omit<Issuer, 'warnFrom'>): Issuer => ({
  ...known,
  warnFrom: known.exp - ISSUER_WARN_DAYS * DAY_S,
});

type Said = Pick<DeviceCertificate, 'sub' | 'name' | 'site' | 'pub'> & { readonly nowMs: number };

/** A device's whole chain. It never ends after its issuer. @throws as issueDevice, also when the issuer has ended */
export async function signDevice(issuer: Issuer, { nowMs, ...says }: Said): Promise<string> {
  const nbf = Math.floor(nowMs / 1_000);
  const exp = Math.min(nbf + DEVICE_SECONDS, issuer.exp);
  const device = await issueDevice(issuer.keys, { ...says, org: issuer.org, nbf, exp });
  return assembleChain(issuer.rootPublic, issuer.statement, device);
}
