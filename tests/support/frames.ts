import type { VisitId } from '@clbchat/shared/ids';
import {
  BUCKETS,
  FRAME_OVERHEAD_BYTES,
  FRAME_TYPES,
  HEADER_BYTES,
  VERSION,
  type FrameHeader,
  type Side,
} from '@clbchat/shared/protocol/frame';

/** What the store sees of a message: a header that is right, and bytes that nobody opens. */
export interface OpaqueFrame {
  header: FrameHeader;
  frame: string;
}

interface Outside {
  visitId: VisitId;
  side: Side;
  n: number;
  epoch?: number;
  stream?: string;
  kind?: keyof typeof FRAME_TYPES;
  /** bytes of padded plaintext */
  bucket?: (typeof BUCKETS)[number];
}

const made = new Map<string, OpaqueFrame>();

/** The same outside always gives the same frame, as an outbox that repeats gives it. */
export function frameOf({
  visitId,
  side,
  n,
  epoch = 1,
  stream = streamName(1),
  kind = 'message',
  bucket = 256,
}: Outside): OpaqueFrame {
  const header: FrameHeader = { type: FRAME_TYPES[kind], visitId, epoch, side, stream, n };
  const key = JSON.stringify([header, bucket]);
  const known = made.get(key);
  if (known) return known;
  const bytes = Buffer.alloc(bucket + FRAME_OVERHEAD_BYTES, n % 256);
  bytes[0] = VERSION;
  bytes[1] = header.type;
  Buffer.from(visitId, 'base64url').copy(bytes, 2);
  bytes.writeUInt16BE(epoch, 18);
  bytes[20] = side.charCodeAt(0);
  Buffer.from(stream, 'base64url').copy(bytes, 21);
  bytes.writeUInt32BE(n, HEADER_BYTES - 4);
  const fresh = { header, frame: bytes.toString('base64url') };
  made.set(key, fresh);
  return fresh;
}

/** A name of this many bytes in base64url: letter and number, the rest the same for all. */
export function nameOf(bytes: number, letter: string, number: number): string {
  const raw = Buffer.alloc(bytes, letter);
  raw[bytes - 1] = number;
  return raw.toString('base64url');
}

export const streamName = (number: number): string => nameOf(8, 's', number);
