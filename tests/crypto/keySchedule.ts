import { createHmac } from 'node:crypto';

/** RFC 9180, 4 and 5.1, base mode with HKDF-SHA256, written apart from any library: a third opinion. */
const hmac = (key: Buffer, ...parts: Buffer[]) => createHmac('sha256', key).update(Buffer.concat(parts)).digest();
const text = (latin: string) => Buffer.from(latin, 'latin1');

function expand(secret: Buffer, info: Buffer, length: number): Buffer {
  const first = hmac(secret, info, Buffer.of(1));
  return first.subarray(0, length);
}

export function keySchedule(sharedSecret: Uint8Array, info: Uint8Array, aeadId: number, keyBytes: number) {
  const suite = Buffer.concat([text('HPKE'), Buffer.from([0, 0x10, 0, 1, 0, aeadId])]);
  const labelled = (label: string) => Buffer.concat([text('HPKE-v1'), suite, text(label)]);
  const extract = (salt: Uint8Array, label: string, ikm: Uint8Array) =>
    hmac(Buffer.from(salt), labelled(label), Buffer.from(ikm));
  const none = new Uint8Array(0);
  const context = Buffer.concat([Buffer.of(0), extract(none, 'psk_id_hash', none), extract(none, 'info_hash', info)]);
  const secret = extract(sharedSecret, 'secret', none);
  const of = (label: string, length: number) =>
    expand(secret, Buffer.concat([Buffer.of(0, length), labelled(label), context]), length);
  return { key: of('key', keyBytes), baseNonce: of('base_nonce', 12) };
}
