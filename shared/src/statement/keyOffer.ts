import * as v from 'valibot';
import { fromBase64url, toBase64url } from '../base64url.ts';
import { utf8, type Bytes } from '../bytes.ts';
import { sha256 } from '../digest.ts';
import { bytes, counter } from '../protocol/wire.ts';
import { point } from './certificate.schema.ts';
import { CHAIN_PARTS, verifyChain, type Trust, type WhyRefused } from './certificate.ts';
import { importPublic, type Key } from './signingKey.ts';
import { sign, verify } from './statement.ts';

/** For which visit, which of its nonces and which epoch a one-time key is good. */
export interface Occasion {
  visitId: string;
  vnonce: string;
  epoch: number;
}

const offer = v.strictObject({ visit: bytes(16), nonce: bytes(32), epoch: counter, pub: point });
type Made = Occasion & { deviceKey: Key; chain: string; ephemeralPublic: Uint8Array };

/** A key offer is the device's chain, a dot, and the device's signed offer. */
export async function makeKeyOffer({ deviceKey, chain, ephemeralPublic, ...occasion }: Made): Promise<string> {
  const { visitId: visit, vnonce: nonce, epoch } = occasion;
  return `${chain}.${await sign(deviceKey, 'offer', { visit, nonce, epoch, pub: toBase64url(ephemeralPublic) })}`;
}

/** What a seal and a link are bound to: every character of the key offer, certificates included. */
export const offerDigestOf = (keyOffer: string): Promise<Bytes> => sha256(utf8(keyOffer));

export type OpenedKeyOffer =
  | {
      ok: true;
      ephemeralPublic: Bytes;
      sub: string;
      /** from the certificate, the only source for a screen */
      name: string;
      site: string;
      deviceDigest: string;
      offerDigest: Bytes;
    }
  | { ok: false; why: WhyRefused };

/** Checks a key offer against the pins and against the one occasion that the visitor is in. Never throws. */
export async function openKeyOffer(
  text: string,
  { visitId, vnonce, epoch, ...trust }: Trust & Occasion,
): Promise<OpenedKeyOffer> {
  const parts = text.split('.');
  const checked = await verifyChain(parts.slice(0, CHAIN_PARTS).join('.'), trust);
  if (!checked.ok) return checked;
  const says = await verify(checked.publicKey, 'offer', parts.slice(CHAIN_PARTS).join('.'), offer);
  // a point off the curve, even well signed, is nothing that a key could be sealed to
  const ephemeralPublic = says && (await importPublic(says.pub)) && fromBase64url(says.pub);
  if (!ephemeralPublic || says.visit !== visitId || says.nonce !== vnonce || says.epoch !== epoch) {
    return { ok: false, why: 'chain' };
  }
  const { device, deviceDigest } = checked;
  const { sub, name, site } = device;
  return { ok: true, ephemeralPublic, sub, name, site, deviceDigest, offerDigest: await offerDigestOf(text) };
}
