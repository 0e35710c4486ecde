import { charsOf, fromBase64url, toBase64url } from '../base64url.ts';

/**
 * The outside of one sealed message: what the server may look at, and nothing else.
 *
 *   ver 1 | type 1 | visit 16 | epoch 2 | role 1 | stream 8 | n 4 | nonce 12 | ciphertext, tag 16
 *
 * The first 33 bytes are authenticated with the ciphertext. The plaintext is padded to one of six sizes,
 * so a length tells one of six things. Numbers are big-endian. Source: E2EE design, "Frame format".
 */
export const VERSION = 1;
export const HEADER_BYTES = 33;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
export const BUCKETS = [256, 512, 1024, 2048, 4096, 8192] as const; // bytes of padded plaintext
export const FRAME_OVERHEAD_BYTES = HEADER_BYTES + NONCE_BYTES + TAG_BYTES;

/** message: read by people · passing: not stored (typing, read, ack) · control: stored, not text. */
export const FRAME_TYPES = { message: 1, passing: 2, control: 3 } as const;
export type FrameType = (typeof FRAME_TYPES)[keyof typeof FRAME_TYPES];
export type Side = 'v' | 'c';

export interface FrameHeader {
  type: FrameType;
  /** base64url, 16 bytes */
  visitId: string;
  epoch: number;
  side: Side;
  /** base64url, 8 bytes: one page load of one side in one epoch, one for stored and one for passing frames */
  stream: string;
  /** number in its stream, from 1 */
  n: number;
}

/** Characters of a frame: one of six. */
export const FRAME_LENGTHS = new Set(BUCKETS.map((bucket) => charsOf(bucket + FRAME_OVERHEAD_BYTES)));
export const FRAME_CHARS_MAX = Math.max(...FRAME_LENGTHS);
const ALPHABET = /^[\w-]+$/; // at most FRAME_CHARS_MAX

/** 44 characters are 33 bytes exactly, so the header is read without decoding the rest. */
const HEADER_CHARS = charsOf(HEADER_BYTES);

/**
 * Reads the header of a frame in base64url.
 *
 * @returns null when the length is none of the six, a character is foreign, or a field has a value that
 *   this version does not know. Never throws.
 */
export function readHeader(frame: string): FrameHeader | null {
  if (!FRAME_LENGTHS.has(frame.length) || !ALPHABET.test(frame)) return null;
  const bytes = fromBase64url(frame.slice(0, HEADER_CHARS));
  if (!bytes) return null;
  const at = (index: number) => bytes[index] ?? 0;
  const type = at(1);
  const side = String.fromCharCode(at(20));
  if (at(0) !== VERSION || (type !== 1 && type !== 2 && type !== 3) || (side !== 'v' && side !== 'c')) return null;
  const epoch = at(18) * 256 + at(19);
  const n = at(29) * 0x1000000 + (at(30) << 16) + (at(31) << 8) + at(32);
  if (epoch < 1 || n < 1) return null;
  const text = (from: number, to: number) => toBase64url(bytes.subarray(from, to));
  return { type, visitId: text(2, 18), epoch, side, stream: text(21, 29), n };
}

/** Characters of the longest id: side, epoch of two bytes, stream of eight, number of four. */
export const FRAME_ID_CHARS_MAX = 29;
export const FRAME_ID = /^[vc]\d{1,5}:[\w-]{11}:\d{1,10}$/; // at most FRAME_ID_CHARS_MAX

/** The id of a frame: what a sender repeats and a receiver recognises. */
export const frameId = ({ side, epoch, stream, n }: Pick<FrameHeader, 'side' | 'epoch' | 'stream' | 'n'>): string =>
  `${side}${epoch}:${stream}:${n}`;
