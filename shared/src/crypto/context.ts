import { fromBase64url } from '../base64url.ts';
import { concat, uint16, type Bytes } from '../bytes.ts';

/** 16 bytes. @throws RangeError when the text is not the id of a visit. */
export function visitBytes(visitId: string): Bytes {
  const bytes = fromBase64url(visitId);
  if (bytes?.length !== 16) throw new RangeError('not the id of a visit');
  return bytes;
}

/** The 18 bytes that tie a key to one visit and one epoch. @throws RangeError */
export const epochBytes = (visitId: string, epoch: number): Bytes => concat(visitBytes(visitId), uint16(epoch));
