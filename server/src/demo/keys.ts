import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomToken } from '@clbchat/shared/digest';
import { issueIssuer } from '@clbchat/shared/statement/issue';
import { exportPublic, makeSigningPair, pinOf, type Key } from '@clbchat/shared/statement/signingKey';
import * as v from 'valibot';
import { ORG } from './people.rules.ts';

/** What the demonstration needs to sign devices by itself. In production no server holds such a thing. */
export interface DemoKeys {
  readonly rootPublic: string;
  /** fingerprints of the root that signed, and of the one in reserve: every page names both before it is needed */
  readonly pins: readonly [string, string];
  readonly issuerStatement: string;
  readonly issuerKey: Key;
}

const text = v.pipe(v.string(), v.minLength(1));
/** Files of before may hold a secret for sessions, which need none now. */
const stored = v.object({
  rootPublic: text,
  /** missing in files of before there were two */
  reservePublic: v.optional(text),
  issuerStatement: text,
  issuerExpS: v.number(),
  issuerKey: v.looseObject({ kty: v.literal('EC'), crv: v.literal('P-256'), x: text, y: text, d: text }),
});
type Stored = v.InferOutput<typeof stored>;
type Whole = Stored & { reservePublic: string };

const DAY_S = 86_400;
const ISSUER_DAYS = 390;
/** A device certificate made now must not outlive the issuer. */
const RENEW_BEFORE_DAYS = 20;
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/**
 * Reads `keys.json` of a folder, or makes it; all nodes of one checkout share it, so that a restart keeps open
 * pages and consoles valid. The roots' private keys are never written: nobody needs them a second time.
 */
export async function demoKeys(folder: string, nowMs: number): Promise<DemoKeys> {
  const path = join(folder, 'keys.json');
  const nowS = Math.floor(nowMs / 1_000);
  const known = readStored(path);
  if (isWhole(known) && known.issuerExpS > nowS + RENEW_BEFORE_DAYS * DAY_S) return opened(known);
  if (known) rmSync(path);
  return opened(writeOnce(folder, path, await makeKeys(nowS)));
}

const isWhole = (known: Stored | null): known is Whole => known?.reservePublic !== undefined;

async function makeKeys(nowS: number): Promise<Whole> {
  const [root, reserve, issuer] = await Promise.all([makeSigningPair(), makeSigningPair(), makeSigningPair(true)]);
  const issuerExpS = nowS + ISSUER_DAYS * DAY_S;
  return {
    rootPublic: await exportPublic(root.publicKey),
    reservePublic: await exportPublic(reserve.publicKey),
    issuerStatement: await issueIssuer(root, {
      org: ORG,
      pub: await exportPublic(issuer.publicKey),
      nbf: nowS - DAY_S,
      exp: issuerExpS,
    }),
    issuerExpS,
    issuerKey: v.parse(stored.entries.issuerKey, await crypto.subtle.exportKey('jwk', issuer.privateKey)),
  };
}

async function opened({ rootPublic, reservePublic, issuerStatement, issuerKey }: Whole): Promise<DemoKeys> {
  return {
    rootPublic,
    pins: [await pinOf(rootPublic), await pinOf(reservePublic)],
    issuerStatement,
    issuerKey: await crypto.subtle.importKey('jwk', { ...issuerKey, ext: false, key_ops: ['sign'] }, ECDSA, false, [
      'sign',
    ]),
  };
}

function readStored(path: string): Stored | null {
  try {
    return v.parse(stored, JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

/** Two nodes that start together: the first one's file counts, and it is whole or not there. */
function writeOnce(folder: string, path: string, keys: Whole): Whole {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = `${path}.${randomToken(6)}`;
  writeFileSync(own, JSON.stringify(keys), { mode: 0o600 });
  chmodSync(own, 0o600); // whatever the process's mask says
  try {
    linkSync(own, path);
    return keys;
  } catch {
    const first = readStored(path);
    if (!isWhole(first))
      throw new Error('The demonstration cannot keep its keys: .demo/keys.json is there and cannot be read.');
    return first;
  } finally {
    rmSync(own);
  }
}
