import { fromBase64url } from '../base64url.ts';
import * as v from 'valibot';
import { bytes, read } from '../protocol/wire.ts';
import { DAY_S, issuerCertificate, issuerRequest, type IssuerRequest } from './certificate.schema.ts';
import { signsFrom, wordFor, type Issuer, type RootKey } from './issuer.ts';
import { exportPublic, importPublic, pinOf, type KeyPair } from './signingKey.ts';
import { readPayload, sign, verify } from './statement.ts';

/** Characters; more than any request and any answer has. */
export const ISSUER_TEXT_CHARS_MAX = 2_048;
/** How long a request may have been on its way to the computer without a network. */
const REQUEST_DAYS_MAX = 7;

/** An issuer of hers that no root has signed yet: the pair never leaves her browser, the text may. */
export interface AskedIssuer {
  readonly keys: KeyPair;
  readonly org: string;
  /** what is carried to the computer with the root file */
  readonly request: string;
}

/** @param keys of signingKey.ts; @throws when `org` is nothing that a certificate can say */
export async function askIssuer(keys: KeyPair, org: string, nowMs: number): Promise<AskedIssuer> {
  const says = { org, pub: await exportPublic(keys.publicKey), at: Math.floor(nowMs / 1_000) };
  if (!read(issuerRequest, says)) throw new RangeError('no name of a centre');
  return { keys, org, request: await sign(keys.privateKey, 'issuer request', says) };
}

/** What a request says, signed by the very key that it is for: one letter that was changed makes it none. Null for what is none. */
export async function readRequest(text: string): Promise<IssuerRequest | null> {
  const bytes = text.length > ISSUER_TEXT_CHARS_MAX ? null : fromBase64url(text.split('.', 1)[0] ?? '');
  const { t: _t, v: _v, ...says } = (bytes && readPayload(bytes)) ?? {};
  const claimed = read(issuerRequest, says);
  const key = claimed && (await importPublic(claimed.pub));
  return key && verify(key, 'issuer request', text, issuerRequest);
}

/** Why the clock of this computer and the day of a request do not go together, or null. */
export function requestTime({ at }: IssuerRequest, nowMs: number): 'early' | 'late' | null {
  const ageS = nowMs / 1_000 - at;
  if (ageS < -DAY_S) return 'early';
  return ageS > REQUEST_DAYS_MAX * DAY_S ? 'late' : null;
}

const roots = v.strictObject({ pins: v.strictTuple([bytes(32), bytes(32)]) });

/**
 * A root's answer: `root point . issuer payload . its signature`, as verifyIssuer takes it, and behind it `both pins . its signature`,
 * for who never sees the file. @throws as issueIssuer
 */
export async function answerRequest(root: RootKey, { org, pub, at }: IssuerRequest, nowMs: number) {
  // from when it was asked, where the clock of this computer is ahead: the service would take no word that begins later
  const { statement, exp } = await wordFor(root, { org, pub, nowMs: Math.min(nowMs, at * 1_000) });
  const both = root.pins ? `.${await sign(root.key, 'roots', { pins: [...root.pins] })}` : '';
  return { answer: `${root.root}.${statement}${both}`, exp };
}

/** Why an answer is none for what was asked: nothing that a root says, or of another request. */
export type WhyNoAnswer = 'answer' | 'other_request';

/** What she signs with from now on. Whether that root is one of this centre is for verifyIssuer to say. */
export async function takeAnswer({ keys, org }: AskedIssuer, text: string): Promise<Issuer | WhyNoAnswer> {
  const answer = text.length > ISSUER_TEXT_CHARS_MAX ? '' : text.trim();
  const [rootPublic = '', payload = '', signature = '', ...rest] = answer.split('.');
  const root = await importPublic(rootPublic);
  const statement = `${payload}.${signature}`;
  const says = root && (await verify(root, 'issuer', statement, issuerCertificate));
  // an earlier release of the program with the root file says no pins
  const both = root && rest.length > 0 ? await verify(root, 'roots', rest.join('.'), roots) : undefined;
  if (!says || both === null || (both && !both.pins.includes(await pinOf(rootPublic)))) return 'answer';
  if (says.pub !== (await exportPublic(keys.publicKey)) || says.org !== org) return 'other_request';
  return signsFrom({ keys, rootPublic, statement, org, exp: says.exp, ...both });
}
