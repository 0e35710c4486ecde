import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { fromUtf8 } from '@clbchat/shared/bytes';
import type { Dice } from './draws.ts';

/**
 * Stands for WebCrypto and answers at once. It hides nothing from who has this process; what it keeps of the real one is
 * what can be used wrongly: what one key sealed only this key opens, with the same nonce and the same additional data, and a
 * signature is of one key and one text. Lengths are those of the algorithms.
 */
export interface CryptoDouble {
  readonly subtle: SubtleCrypto;
  /** what lies in a sealed text of a conversation: JSON, without its padding. Null for what no double has sealed */
  inside(sealed: Uint8Array): string | null;
}

/** A key is plain data, since a browser's storage keeps copies of keys. */
interface Key {
  readonly [Symbol.toStringTag]: 'CryptoKey';
  readonly type: 'secret' | 'private' | 'public';
  readonly extractable: boolean;
  readonly usages: readonly string[];
  readonly algorithm: { readonly name: string; readonly namedCurve?: string };
  /** hex; of a public key its point */
  readonly bytes: string;
  /** what it was derived for: the `info` of HKDF; of an imported one its algorithm */
  readonly purpose: string;
}
interface Gcm {
  readonly iv: Uint8Array;
  readonly additionalData?: Uint8Array;
}
type Named = string | { readonly name: string; readonly namedCurve?: string };
interface Hkdf {
  readonly salt: Uint8Array;
  readonly info: Uint8Array;
}

export const isDouble = (value: unknown): value is { bytes: string; algorithm: HmacImportParams } =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'purpose');

const TAG_BYTES = 16;
const POINT = 4;
const nameOf = (algorithm: Named) => (typeof algorithm === 'string' ? algorithm : algorithm.name);
const view = (data: BufferSource | Uint8Array): Uint8Array =>
  ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
const hex = (data: BufferSource | Uint8Array) => Buffer.from(view(data)).toString('hex');
const sha = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const exact = (data: Uint8Array): ArrayBuffer => new Uint8Array(data).buffer;

// over 80 lines because it is one object with a method for each of WebCrypto's
export function cryptoDouble(dice: Dice, wrong: (what: string) => void): CryptoDouble {
  /** point of a public key → its secret */
  const pairs = new Map<string, string>();
  /** key and nonce */
  const used = new Set<string>();
  const sealedTexts = new Map<string, string>();

  const key = (of: Omit<Key, typeof Symbol.toStringTag>): CryptoKey =>
    ({ [Symbol.toStringTag]: 'CryptoKey', ...of }) as unknown as CryptoKey;
  const read = (of: CryptoKey): Key => of as unknown as Key;

  function makePair(algorithm: Named, extractable: boolean, usages: readonly string[]): CryptoKeyPair {
    const secret = new Uint8Array(32);
    dice.bytes(secret);
    const point = Buffer.concat([Uint8Array.of(POINT), sha('x', secret), sha('y', secret)]).toString('hex');
    const bytes = hex(secret);
    pairs.set(point, bytes);
    const of = { algorithm: algorithm as Key['algorithm'], purpose: nameOf(algorithm) };
    return {
      publicKey: key({ ...of, type: 'public', extractable: true, usages: ['verify'], bytes: point }),
      privateKey: key({ ...of, type: 'private', extractable, usages, bytes }),
    };
  }

  /** What stands for AES-GCM: hidden behind a pad, and a tag over all that must be the same. */
  function cover({ bytes }: Key, { iv, additionalData = new Uint8Array(0) }: Gcm, text: Uint8Array) {
    const pad = sha('pad', bytes, iv);
    const covered = text.map((byte, at) => byte ^ pad[at % pad.length]!);
    return {
      covered,
      tagOf: (plain: Uint8Array) => sha('tag', bytes, iv, additionalData, plain).subarray(0, TAG_BYTES),
    };
  }

  const subtle = {
    digest: async (_: Named, data: BufferSource) => exact(createHash('sha256').update(view(data)).digest()),
    async generateKey(algorithm: Named, extractable: boolean, usages: string[]) {
      return makePair(algorithm, extractable, usages);
    },
    async exportKey(format: string, of: CryptoKey) {
      if (format !== 'raw') throw new DOMException('a double exports points only', 'NotSupportedError');
      return exact(Buffer.from(read(of).bytes, 'hex'));
    },
    async importKey(format: string, data: BufferSource, algorithm: Named, extractable: boolean, usages: string[]) {
      const bytes = hex(data);
      const curve = nameOf(algorithm) === 'ECDSA' || nameOf(algorithm) === 'ECDH';
      if (format !== 'raw' || (curve && !pairs.has(bytes))) throw new DOMException('no such key', 'DataError');
      const type = curve ? 'public' : 'secret';
      const purpose = nameOf(algorithm);
      const named = typeof algorithm === 'string' ? { name: algorithm } : algorithm;
      return key({ type, extractable, usages, algorithm: named, bytes, purpose });
    },
    async sign(_: Named, of: CryptoKey, data: BufferSource) {
      const { bytes, type } = read(of);
      const mac = createHmac('sha256', Buffer.from(bytes, 'hex')).update(view(data)).digest();
      return exact(type === 'private' ? Buffer.concat([mac, mac]) : mac);
    },
    async verify(_: Named, of: CryptoKey, signature: BufferSource, data: BufferSource) {
      const { bytes, type } = read(of);
      const secret = type === 'public' ? pairs.get(bytes)! : bytes;
      const mac = createHmac('sha256', Buffer.from(secret, 'hex')).update(view(data)).digest();
      return Buffer.from(view(signature)).equals(type === 'public' ? Buffer.concat([mac, mac]) : mac);
    },
    async deriveBits({ public: other }: { public: CryptoKey }, mine: CryptoKey) {
      return exact(sha('shared', ...[pairs.get(read(other).bytes)!, read(mine).bytes].sort()));
    },
    async deriveKey({ salt, info }: Hkdf, from: CryptoKey, algorithm: Named, extractable: boolean, usages: string[]) {
      const bytes = Buffer.from(hkdfSync('sha256', Buffer.from(read(from).bytes, 'hex'), salt, info, 32)).toString(
        'hex',
      );
      const named = algorithm as Key['algorithm'];
      return key({ type: 'secret', extractable, usages, algorithm: named, bytes, purpose: fromUtf8(info) ?? '' });
    },
    async encrypt(how: Gcm, of: CryptoKey, data: BufferSource) {
      const sealing = read(of);
      const once = `${sealing.bytes} ${hex(how.iv)}`;
      if (used.has(once)) wrong(`a nonce is used twice under a key for ${sealing.purpose}`);
      used.add(once);
      const plain = view(data);
      const { covered, tagOf } = cover(sealing, how, plain);
      const sealed = Buffer.concat([covered, tagOf(plain)]);
      if (/ (v2c|c2v)$/.test(sealing.purpose)) sealedTexts.set(sha(how.iv, sealed).toString('hex'), unpadded(plain)); // our own text
      return exact(sealed);
    },
    async decrypt(how: Gcm, of: CryptoKey, data: BufferSource) {
      const sealed = view(data);
      const opening = read(of);
      const { covered: plain, tagOf } = cover(opening, how, sealed.subarray(0, -TAG_BYTES));
      if (tagOf(plain).equals(sealed.subarray(-TAG_BYTES))) return exact(plain);
      // A console learns by trying that a sealed key is for an earlier one-time key. Nobody else tries.
      if (opening.purpose !== 'AES-GCM') wrong(`what a key for ${opening.purpose} did not seal is opened with it`);
      throw new DOMException('The operation failed', 'OperationError');
    },
  };

  return {
    subtle: subtle as unknown as SubtleCrypto,
    inside: (sealed) => sealedTexts.get(sha(sealed).toString('hex')) ?? null,
  };
}

/** Frames begin with the length of what they hold. */
const unpadded = (padded: Uint8Array) => fromUtf8(padded.subarray(2, 2 + padded[0]! * 256 + padded[1]!)) ?? '';
