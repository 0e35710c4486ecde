import { deriveEpoch, makeKey, type EpochKeys } from '@clbchat/shared/crypto/epoch';
import { encodeHeader, openFrame, type OpenedFrame } from '@clbchat/shared/crypto/frame';
import { toBase64url } from '@clbchat/shared/base64url';
import { concat } from '@clbchat/shared/bytes';
import { randomToken } from '@clbchat/shared/digest';
import { readHeader, type FrameHeader } from '@clbchat/shared/protocol/frame';

export interface Talk {
  ck: Uint8Array;
  keys: EpochKeys;
  header: FrameHeader;
}

export async function makeTalk(): Promise<Talk> {
  const [ck, visitId] = [makeKey(), randomToken(16)];
  const header: FrameHeader = { type: 1, visitId, epoch: 1, side: 'v', stream: randomToken(8), n: 1 };
  return { ck, keys: await deriveEpoch(ck, visitId, 1), header };
}

/** As a client does it: the header is read from what came. */
export async function receive(keys: EpochKeys, frame: string): Promise<OpenedFrame | 'no header'> {
  const header = readHeader(frame);
  return header ? openFrame(keys, header, frame) : 'no header';
}

/** A frame with exactly this padded plaintext, as a hostile peer with the right key could send it. */
export async function sealRaw({ keys, header }: Talk, padded: Uint8Array): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = encodeHeader(header);
  const ciphertext = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, keys.v2c, concat(padded));
  return toBase64url(concat(additionalData, iv, new Uint8Array(ciphertext)));
}

export function padded(content: Uint8Array, size = 256, length = content.length): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set([length >> 8, length & 0xff]);
  bytes.set(content, 2);
  return bytes;
}
