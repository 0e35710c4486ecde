import { concat, lengthPrefixed, utf8 } from '../bytes.ts';
import type { Key } from './signingKey.ts';
import { signBytes, verifyBytes } from './statement.ts';

/** What a key is shown for: a device that asks to be signed, or an issuer that is to be on record. */
type What = 'device' | 'issuer';

/** Whose key it is, and in which session that is said: what was shown once serves nobody else. */
interface HolderFacts {
  /** the public point, base64url */
  readonly pub: string;
  readonly account: string;
  readonly binding: string;
}

const facts = ({ pub, account, binding }: HolderFacts) =>
  concat(...[pub, account, binding].map((text) => lengthPrefixed(utf8(text))));

/** Whoever names a public key holds the other half of it. @returns a signature of 86 characters */
export const proveHolder = (key: Key, what: What, holder: HolderFacts): Promise<string> =>
  signBytes(key, `holder ${what}`, facts(holder));

export const verifyHolder = (publicKey: Key, what: What, signature: string, holder: HolderFacts): Promise<boolean> =>
  verifyBytes(publicKey, `holder ${what}`, facts(holder), signature);
