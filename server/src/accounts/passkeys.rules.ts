import { generateKeyPairSync } from 'node:crypto';
import type { AccountId } from '@clbchat/shared/ids';
import { opaque } from '@clbchat/shared/protocol/wire';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { decodeAttestationObject, decodeClientDataJSON } from '@simplewebauthn/server/helpers';
import * as v from 'valibot';

/** Characters of base64url. An id has 1,023 bytes at most, a key of 4,096 bits and its certificate-less statement far fewer. */
export const ID_CHARS_MAX = 1_364;
const CLIENT_DATA_CHARS_MAX = 2_048;
const ATTESTATION_CHARS_MAX = 4_096;
const AUTHENTICATOR_CHARS_MAX = 2_048;
const SIGNATURE_CHARS_MAX = 1_024;
const KEY_CHARS_MAX = 1_024;
const COUNTER_MAX = 4_294_967_295;
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;

const transports = v.pipe(v.array(v.picklist(TRANSPORTS)), v.maxLength(TRANSPORTS.length));

/** What is stored of a passkey: nothing of when it was used. */
export const passkey = v.strictObject({
  id: opaque(ID_CHARS_MAX),
  /** public half, as COSE */
  key: opaque(KEY_CHARS_MAX),
  /** how often the authenticator says that it was used; 0 = it does not count */
  counter: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(COUNTER_MAX)),
  /** how a browser reaches it */
  transports,
  /** the day in Brussels on which it was made */
  made: v.pipe(v.string(), v.maxLength(10), v.isoDate()),
});
export type Passkey = Readonly<v.InferOutput<typeof passkey>>;

/** What has a passkey: a computer or whatever it syncs with, a phone that another device asks, or a key that is put in or held near. */
export const PASSKEY_KINDS = ['device', 'phone', 'key'] as const;
const BY_KEY = new Set(['usb', 'nfc', 'ble', 'smart-card']);

export function kindOf({ transports: by }: Pick<Passkey, 'transports'>): (typeof PASSKEY_KINDS)[number] {
  if (by.includes('internal') || by.length === 0) return 'device';
  return by.some((one) => BY_KEY.has(one)) ? 'key' : 'phone';
}

/** What a browser answers when a passkey was made, in base64url. */
export const making = v.strictObject({
  id: opaque(ID_CHARS_MAX),
  clientData: opaque(CLIENT_DATA_CHARS_MAX),
  attestation: opaque(ATTESTATION_CHARS_MAX),
  transports,
});
type Making = v.InferOutput<typeof making>;

/** What a browser answers when one was used; `user` is the account that it was made for. */
export const showing = v.strictObject({
  id: opaque(ID_CHARS_MAX),
  clientData: opaque(CLIENT_DATA_CHARS_MAX),
  authenticator: opaque(AUTHENTICATOR_CHARS_MAX),
  signature: opaque(SIGNATURE_CHARS_MAX),
  user: opaque(ID_CHARS_MAX),
});
type Showing = v.InferOutput<typeof showing>;

/** The console's own origin, whose host passkeys are made for. */
interface Place {
  readonly origin: string;
}
const hostOf = ({ origin }: Place) => new URL(origin).hostname;

/** Edwards, P-256, RSA: what authenticators have, and Node verifies without anything else. */
const ALGORITHMS = [-8, -7, -257];

interface Wish extends Place {
  readonly account: AccountId;
  readonly name: string;
  readonly challenge: string;
  readonly has: readonly Pick<Passkey, 'id' | 'transports'>[];
  readonly forMs: number;
}

/** Nobody's: what is judged where nobody has the passkey that was shown, so that it takes as long. */
export function strangersPasskey(): Passkey {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  // COSE: {kty: EC2, alg: ES256, crv: P-256, x, y}
  const parts = ['a5010203262001215820', Buffer.from(x, 'base64url'), '225820', Buffer.from(y, 'base64url')];
  const key = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'hex') : part)));
  return { id: 'nobody', key: key.toString('base64url'), counter: 0, transports: [], made: '1970-01-01' };
}

/** What a browser is asked for a passkey that names its account by itself, after a look at who is there. */
export const creationOf = ({
  account,
  name,
  challenge,
  has,
  forMs,
  ...place
}: Wish): Promise<PublicKeyCredentialCreationOptionsJSON> =>
  generateRegistrationOptions({
    rpName: 'CLBCh@t',
    rpID: hostOf(place),
    userID: new Uint8Array(Buffer.from(account)),
    userName: name,
    userDisplayName: name,
    challenge: bytesOf(challenge),
    timeout: forMs,
    attestationType: 'none',
    excludeCredentials: has.map(({ id, transports: by }) => ({ id, transports: [...by] })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  });

/** What a browser is asked for one, whoever's it is: nobody types a name. @param of those of whom is known to ask */
export const requestOf = (
  challenge: string,
  forMs: number,
  place: Place,
  of: readonly Pick<Passkey, 'id' | 'transports'>[] = [],
): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  generateAuthenticationOptions({
    rpID: hostOf(place),
    challenge: bytesOf(challenge),
    timeout: forMs,
    userVerification: 'required',
    ...(of.length > 0 && { allowCredentials: of.map(({ id, transports: by }) => ({ id, transports: [...by] })) }),
  });

/**
 * The passkey that an answer tells of. Null when it is not the answer to this challenge, is of another site or a frame,
 * comes without a look at the person, or with a certificate: nobody asked for one, and to follow it would be a request
 * to wherever it says.
 */
export async function madeBy(made: Making, challenge: Challenge, place: Place, day: string): Promise<Passkey | null> {
  try {
    if (decodeClientDataJSON(made.clientData).crossOrigin) return null;
    const said = decodeAttestationObject(bytesOf(made.attestation));
    const format = said.get('fmt');
    if (format !== 'none' && (format !== 'packed' || said.get('attStmt').get('x5c') !== undefined)) return null;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        ...{ id: made.id, rawId: made.id, type: 'public-key', clientExtensionResults: {} },
        response: { clientDataJSON: made.clientData, attestationObject: made.attestation },
      },
      ...expecting(challenge, place),
      supportedAlgorithmIDs: ALGORITHMS,
    });
    const { credential } = registrationInfo ?? {};
    if (!verified || !credential || credential.id !== made.id) return null;
    const key = Buffer.from(credential.publicKey).toString('base64url');
    const one = { id: made.id, key, counter: credential.counter, transports: made.transports, made: day };
    return v.is(passkey, one) ? one : null;
  } catch {
    return null; // bytes that are none of what they should be
  }
}

/**
 * The counter with which a passkey was used. Null when it is not the answer to this challenge, of another site or a
 * frame, without a look at the person, by another key, or with a counter that does not go on: then there are two of it.
 */
export async function counterShown(
  shown: Showing,
  of: Passkey,
  challenge: Challenge,
  place: Place,
): Promise<number | null> {
  try {
    if (decodeClientDataJSON(shown.clientData).crossOrigin) return null;
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...{ id: shown.id, rawId: shown.id, type: 'public-key', clientExtensionResults: {} },
        response: {
          clientDataJSON: shown.clientData,
          authenticatorData: shown.authenticator,
          signature: shown.signature,
          userHandle: shown.user,
        },
      },
      ...expecting(challenge, place),
      credential: { id: of.id, publicKey: bytesOf(of.key), counter: of.counter },
    });
    return verified && shown.id === of.id ? authenticationInfo.newCounter : null;
  } catch {
    return null;
  }
}

/** A question of ours, or what says whether it is one. */
type Challenge = string | ((challenge: string) => Promise<boolean>);
const expecting = (challenge: Challenge, place: Place) => ({
  expectedChallenge: challenge,
  expectedOrigin: place.origin,
  expectedRPID: hostOf(place),
  requireUserVerification: true,
});

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));

const ACCOUNT_CHARS_MAX = 32;
/** What a passkey says whose it is; '' for what is no account's id. */
export function accountOf(user: string): string {
  const id = Buffer.from(user, 'base64url').toString();
  return id.length <= ACCOUNT_CHARS_MAX ? id : '';
}
