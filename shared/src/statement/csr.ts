import * as v from 'valibot';
import { fromBase64url } from '../base64url.ts';
import { point } from './certificate.schema.ts';
import { exportPublic, importPublic, type KeyPair } from './signingKey.ts';
import { readPayload, sign, verify } from './statement.ts';

const csr = v.strictObject({
  sub: v.pipe(v.string(), v.minLength(1), v.maxLength(32)),
  pub: point,
});

/** A device asks for its certificate, and shows that it has the key by signing with it. */
export const makeCsr = async (device: KeyPair, sub: string): Promise<string> =>
  sign(device.privateKey, 'csr', { sub, pub: await exportPublic(device.publicKey) });

/** @returns null unless the request is signed by the very key that it names. */
export async function openCsr(text: string): Promise<{ sub: string; pub: string } | null> {
  const claimed = readPayload(fromBase64url(text.split('.')[0] ?? '') ?? new Uint8Array(0))?.['pub'];
  const key = typeof claimed === 'string' ? await importPublic(claimed) : null;
  const request = key && (await verify(key, 'csr', text, csr));
  return request && request.pub === claimed ? { sub: request.sub, pub: request.pub } : null;
}
