import * as v from 'valibot';
import {
  DEVICE_SECONDS_MAX,
  ISSUER_SECONDS_MAX,
  deviceCertificate,
  issuerCertificate,
  lasts,
  type DeviceCertificate,
  type IssuerCertificate,
} from './certificate.schema.ts';
import type { KeyPair } from './signingKey.ts';
import { sign } from './statement.ts';

type Signer = Pick<KeyPair, 'privateKey'>;

/** A root's word for an issuer. @throws when a field is not as verifyChain wants it: nobody signs what none accepts. */
export async function issueIssuer(root: Signer, says: IssuerCertificate): Promise<string> {
  const certificate = v.parse(issuerCertificate, says);
  bounded(certificate, ISSUER_SECONDS_MAX);
  return sign(root.privateKey, 'issuer', certificate);
}

/** An issuer's word for a device. `org` must be the issuer's own. @throws as issueIssuer */
export async function issueDevice(issuer: Signer, says: DeviceCertificate): Promise<string> {
  const certificate = v.parse(deviceCertificate, says);
  bounded(certificate, DEVICE_SECONDS_MAX);
  return sign(issuer.privateKey, 'device', certificate);
}

function bounded(certificate: IssuerCertificate | DeviceCertificate, secondsMax: number) {
  if (!lasts(certificate, secondsMax))
    throw new RangeError('a certificate that ends before it begins or lasts too long');
}
