import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { attestationCertificate } from './certificate.ts';

/** What a browser and an authenticator do, byte by byte: real keys and signatures, and whatever lie a test wants. */
export interface Authenticator {
  make(options: PublicKeyCredentialCreationOptionsJSON, lies?: Lies): Made;
  show(options: PublicKeyCredentialRequestOptionsJSON, lies?: Lies): Shown;
}
export interface Made {
  id: string;
  clientData: string;
  attestation: string;
  transports: string[];
}
export interface Shown {
  id: string;
  clientData: string;
  authenticator: string;
  signature: string;
  user: string;
}

interface Lies {
  readonly origin?: string;
  readonly host?: string;
  readonly crossOrigin?: boolean;
  readonly type?: string;
  readonly challenge?: string;
  /** bits: present 1, verified 4 */
  readonly flags?: number;
  readonly counter?: number;
  readonly user?: string;
  readonly id?: string;
  readonly key?: KeyObject;
  /** a statement signed by the passkey itself, or by the key of a certificate beside it, as its maker would */
  readonly statement?: 'self' | 'certificate';
}

const PRESENT_AND_VERIFIED = 0b101;
const HAS_CREDENTIAL = 0b100_0000;
const base64url = (bytes: Buffer) => bytes.toString('base64url');
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest();

/** @param counts whether it counts its uses, as few do today */
export function createAuthenticator(origin: string, { counts = false } = {}): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let [user, uses] = ['', 0];
  const clientDataOf = (type: string, challenge: string, lies: Lies) =>
    Buffer.from(
      JSON.stringify({
        type: lies.type ?? type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? origin,
        crossOrigin: lies.crossOrigin ?? false,
      }),
    );
  const statementOf = (data: Buffer, clientData: Buffer, by: Lies['statement']): Buffer[] => {
    if (!by) return [Buffer.from([0xa0])];
    const signed = sign('sha256', Buffer.concat([data, sha256(clientData)]), privateKey);
    const self = [text('alg'), Buffer.from([0x26]), text('sig'), bytes(signed)];
    if (by === 'self') return [Buffer.from([0xa2]), ...self];
    const certificate = bytes(attestationCertificate(publicKey, privateKey));
    return [Buffer.from([0xa3]), ...self, text('x5c'), Buffer.from([0x81]), certificate];
  };
  const dataOf = (host: string, flags: number, lies: Lies) => {
    const data = Buffer.alloc(37);
    sha256(lies.host ?? host).copy(data);
    data[32] = (lies.flags ?? PRESENT_AND_VERIFIED) | flags;
    data.writeUInt32BE(lies.counter ?? (counts ? (uses += 1) : 0), 33);
    return data;
  };
  return {
    make(options, lies = {}) {
      user = options.user.id;
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const cose = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y, 'base64url'),
      ]);
      const head = dataOf(options.rp.id ?? '', HAS_CREDENTIAL, lies);
      const data = Buffer.concat([head, Buffer.alloc(16), Buffer.from([0, id.length]), id, cose]);
      const clientData = clientDataOf('webauthn.create', options.challenge, lies);
      return {
        id: lies.id ?? base64url(id),
        clientData: base64url(clientData),
        attestation: base64url(attestationOf(data, statementOf(data, clientData, lies.statement))),
        transports: ['internal'],
      };
    },
    show(options, lies = {}) {
      const clientData = clientDataOf('webauthn.get', options.challenge, lies);
      const data = dataOf(options.rpId ?? '', 0, lies);
      return {
        id: lies.id ?? base64url(id),
        clientData: base64url(clientData),
        authenticator: base64url(data),
        signature: base64url(sign('sha256', Buffer.concat([data, sha256(clientData)]), lies.key ?? privateKey)),
        user: lies.user ?? user,
      };
    },
  };
}

/** CBOR: text, bytes and small maps are all that a statement needs. */
const text = (value: string) => Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
const bytes = (value: Buffer) => Buffer.concat([Buffer.from([0x59, value.length >> 8, value.length & 0xff]), value]);

function attestationOf(data: Buffer, statement: Buffer[]): Buffer {
  const format = statement.length > 1 ? 'packed' : 'none';
  return Buffer.concat([
    ...[Buffer.from([0xa3]), text('fmt'), text(format), text('attStmt'), ...statement],
    ...[text('authData'), bytes(data)],
  ]);
}
