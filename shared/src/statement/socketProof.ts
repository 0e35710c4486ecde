import { concat, lengthPrefixed, utf8 } from '../bytes.ts';
import type { Key } from './signingKey.ts';
import { signBytes, verifyBytes } from './statement.ts';

/** One console socket, by one device, in one session, from one origin. */
export interface SocketFacts {
  /** made by the server for this socket */
  nonce: string;
  /** what the server gave at sign-in for this session: the cookie itself no script can read */
  binding: string;
  origin: string;
}

const facts = ({ nonce, binding, origin }: SocketFacts) =>
  concat(...[nonce, binding, origin].map((text) => lengthPrefixed(utf8(text))));

/** A stolen cookie opens no socket: the device's key must sign too. @returns a signature of 86 characters */
export const proveSocket = (deviceKey: Key, socket: SocketFacts): Promise<string> =>
  signBytes(deviceKey, 'sock', facts(socket));

export const verifySocketProof = (publicKey: Key, signature: string, socket: SocketFacts): Promise<boolean> =>
  verifyBytes(publicKey, 'sock', facts(socket), signature);
