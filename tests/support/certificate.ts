import { sign, type KeyObject } from 'node:crypto';

/** DER, as much as one certificate of a maker of authenticators needs. */
const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));
const BASIC_CONSTRAINTS = sequence(oid('551d13'), der(0x04, sequence()));

const named = (hex: string, text: string) => der(0x31, sequence(oid(hex), der(0x0c, Buffer.from(text))));
const NAME = sequence(
  named('550406', 'BE'),
  named('55040a', 'A maker'),
  named('55040b', 'Authenticator Attestation'),
  named('550403', 'A batch'),
);

/** A certificate as packed attestation wants one, signed by its own key. */
export function attestationCertificate(publicKey: KeyObject, privateKey: KeyObject): Buffer {
  const time = (text: string) => der(0x17, Buffer.from(text));
  const facts = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ECDSA_SHA256,
    NAME,
    sequence(time('200101000000Z'), time('491231235959Z')),
    NAME,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(BASIC_CONSTRAINTS)),
  );
  return sequence(facts, ECDSA_SHA256, der(0x03, Buffer.from([0]), sign('sha256', facts, privateKey)));
}
