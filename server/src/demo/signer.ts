import type { AccountId, Digest } from '@clbchat/shared/ids';
import { fromBase64url } from '@clbchat/shared/base64url';
import { concat, utf8 } from '@clbchat/shared/bytes';
import { assembleChain } from '@clbchat/shared/statement/certificate';
import { DEVICE_SECONDS } from '@clbchat/shared/statement/certificate.schema';
import { issueDevice } from '@clbchat/shared/statement/issue';
import { importPublic, pinOf } from '@clbchat/shared/statement/signingKey';
import type { DemoKeys } from './keys.ts';
import { ORG, PEOPLE, type Who } from './people.rules.ts';

const HOUR_S = 3_600;

/** Signs a device for a person of the demonstration. */
export type Signer = (asked: { who: Who; devicePub: string; proof: string }) => Promise<string | null>;

/** Writes down that a device was signed, and until when its certificate holds. False when it is another account's. */
export type Signed = (device: Digest, account: AccountId, certEndMs: number) => Promise<boolean>;

/**
 * @returns a signer that answers the device's chain, or null when the proof does not show that whoever asks holds
 *   the device's key: ECDSA over the words "clbchat/1 demo-sign-in" and the bytes of the public point.
 */
export const createSigner =
  (keys: DemoKeys, nowMs: () => number, signed: Signed): Signer =>
  async ({ who, devicePub, proof }) => {
    const [key, point, signature] = [await importPublic(devicePub), fromBase64url(devicePub), fromBase64url(proof)];
    if (!key || !point || signature?.length !== 64) return null;
    const said = concat(utf8('clbchat/1 demo-sign-in'), point);
    if (!(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, said))) return null;

    const { account, name, site } = PEOPLE[who];
    const nowS = Math.floor(nowMs() / 1_000);
    const exp = nowS + DEVICE_SECONDS;
    const device = await issueDevice(
      { privateKey: keys.issuerKey },
      { org: ORG, sub: account, name, site, pub: devicePub, nbf: nowS - HOUR_S, exp },
    );
    if (!(await signed((await pinOf(devicePub)) as Digest, account, exp * 1_000))) return null;
    return assembleChain(keys.rootPublic, keys.issuerStatement, device);
  };
