import { fromBase64url, toBase64url } from '../base64url.ts';
import { concat, fromUtf8, uint16, utf8, wipe, type Bytes } from '../bytes.ts';
import { BUCKETS, HEADER_BYTES, VERSION, type FrameHeader } from '../protocol/frame.ts';
import { sealedSchemas, type SealedKind, type SealedMessage } from '../protocol/sealed.ts';
import { read } from '../protocol/wire.ts';
import { epochBytes } from './context.ts';
import type { EpochKeys } from './epoch.ts';
import { decrypt, encrypt } from './gcm.ts';

/** newer: a kind of message that this version does not know, and says so · unreadable: shown as such, never as text. */
export type OpenedFrame =
  | { is: 'message'; message: SealedMessage }
  | { is: 'newer'; kind: string }
  | { is: 'unreadable' };

const LENGTH_BYTES = 2;
/** History or no history: both look the same from outside [P4]. */
const KEYS_BUCKET = 2048;
const unreadable = { is: 'unreadable' } as const;

/** @throws RangeError when a field does not fit its place */
export function encodeHeader({ type, visitId, epoch, side, stream, n }: FrameHeader): Bytes {
  const streamBytes = fromBase64url(stream);
  if (streamBytes?.length !== 8 || epoch < 1 || n < 1) throw new RangeError('not the header of a frame');
  return concat(
    Uint8Array.of(VERSION, type),
    epochBytes(visitId, epoch),
    utf8(side),
    streamBytes,
    uint16(Math.floor(n / 0x10000)),
    uint16(n % 0x10000),
  );
}

const keyOf = (keys: EpochKeys, { side }: FrameHeader) => (side === 'v' ? keys.v2c : keys.c2v);

/**
 * @param bucketMin smallest padded size in bytes, to make different messages look alike
 * @returns the frame in base64url
 * @throws RangeError when the message is larger than the largest bucket or the header is malformed
 */
export async function sealFrame(
  keys: EpochKeys,
  header: FrameHeader,
  message: SealedMessage,
  bucketMin: number = BUCKETS[0],
): Promise<string> {
  const json = utf8(JSON.stringify(message));
  const padded = pad(json, message.k === 'keys' ? KEYS_BUCKET : bucketMin);
  if (message.k === 'keys' && padded.length !== KEYS_BUCKET) throw new RangeError('more keys than one frame holds');
  const additionalData = encodeHeader(header);
  const sealed = await encrypt(keyOf(keys, header), padded, additionalData);
  wipe(json, padded);
  return toBase64url(concat(additionalData, sealed));
}

/** @param header readHeader(frame), already compared with what was expected. Never throws. */
export async function openFrame(keys: EpochKeys, header: FrameHeader, frame: string): Promise<OpenedFrame> {
  const bytes = fromBase64url(frame);
  try {
    const additionalData = encodeHeader(header);
    if (!bytes || additionalData.some((byte, at) => byte !== bytes[at])) return unreadable;
    return understand(unpad(await decrypt(keyOf(keys, header), bytes.subarray(HEADER_BYTES), additionalData)));
  } catch {
    return unreadable;
  }
}

function pad(json: Uint8Array, bucketMin: number): Bytes {
  const size = BUCKETS.find((bucket) => bucket >= bucketMin && bucket >= json.length + LENGTH_BYTES);
  if (!size) throw new RangeError('a message larger than the largest frame');
  const padded = new Uint8Array(size);
  padded.set(uint16(json.length));
  padded.set(json, LENGTH_BYTES);
  return padded;
}

/** @returns null when the length is a lie, something hides in the padding, or it is not UTF-8 */
function unpad(padded: Uint8Array): string | null {
  const end = LENGTH_BYTES + (padded[0] ?? 0) * 256 + (padded[1] ?? 0);
  if (end > padded.length || padded.subarray(end).some((byte) => byte !== 0)) return null;
  return fromUtf8(padded.subarray(LENGTH_BYTES, end));
}

/** @throws SyntaxError when it is not JSON, TypeError when it is null */
function understand(json: string | null): OpenedFrame {
  const { k, ...rest } = JSON.parse(json ?? '') as Record<string, unknown>;
  if (typeof k !== 'string') return unreadable;
  if (!Object.hasOwn(sealedSchemas, k)) return { is: 'newer', kind: k };
  const says = read(sealedSchemas[k as SealedKind], rest);
  return says ? { is: 'message', message: { k, ...says } as SealedMessage } : unreadable;
}
