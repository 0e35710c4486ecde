import { concat, utf8, type Bytes } from '../bytes.ts';
import { sha256 } from '../digest.ts';
import { epochBytes } from './context.ts';
import { deriveAes, hkdf, importSecret } from './hkdf.ts';

/** Keys of one epoch, none of which can be exported: one for each direction, one that ties the next epoch to it. */
export interface EpochKeys {
  v2c: CryptoKey;
  c2v: CryptoKey;
  link: CryptoKey;
}

/** 32 random bytes. Wipe them once they are sealed, wrapped and derived from. */
export const makeKey = (): Bytes => crypto.getRandomValues(new Uint8Array(32));

/** HKDF-SHA256 with salt SHA-256("clbchat/1" ‖ visit ‖ epoch). @throws RangeError on a wrong length or id. */
export async function deriveEpoch(ck: Uint8Array, visitId: string, epoch: number): Promise<EpochKeys> {
  if (ck.length !== 32) throw new RangeError('a key has 32 bytes');
  const salt = await sha256(concat(utf8('clbchat/1'), epochBytes(visitId, epoch)));
  const secret = await importSecret(ck as Bytes);
  const direction = (name: string) => deriveAes(secret, salt, utf8(`clbchat/1 ${name}`));
  const hmac = { name: 'HMAC', hash: 'SHA-256', length: 256 };
  const [v2c, c2v, link] = await Promise.all([
    direction('v2c'),
    direction('c2v'),
    crypto.subtle.deriveKey(hkdf(salt, utf8('clbchat/1 link')), secret, hmac, false, ['sign', 'verify']),
  ]);
  return { v2c, c2v, link };
}

/**
 * What only who holds the previous epoch's key can say about the next one: without it a hacked relay could answer
 * a new key offer itself and go on in the visitor's place (PROTOCOL A1). Lies inside the seal.
 *
 * @param offerDigest offerDigestOf(the key offer of the new epoch)
 */
export const linkFor = async (previous: EpochKeys, offerDigest: Uint8Array, ckNew: Uint8Array): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.sign('HMAC', previous.link, concat(offerDigest, ckNew)));

export const verifyLink = (
  previous: CryptoKey,
  offerDigest: Uint8Array,
  ckNew: Uint8Array,
  link: Uint8Array | null,
): Promise<boolean> =>
  link ? crypto.subtle.verify('HMAC', previous, concat(link), concat(offerDigest, ckNew)) : Promise.resolve(false);
