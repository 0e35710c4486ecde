import { FRAME_TYPES, frameId, type FrameHeader } from '@clbchat/shared/protocol/frame';
import type { AccountId, VisitId } from '@clbchat/shared/ids';
import type { Fence } from '../live/fences.ts';
import type { Hint } from '../live/hint.ts';
import type { StoredFrameRecord } from '../live/record.ts';

/** A frame whose outside has been read and agrees with the socket that brought it. */
export interface SealedFrame {
  header: FrameHeader;
  frame: string;
}

/** The socket that brings a frame, as much of it as reads one. */
export interface Sender {
  headerOf(frame: string): FrameHeader | null;
}

/**
 * Reads the outside of a frame and compares it with the socket that brought it. Its characters the schema has looked at.
 *
 * @returns null when the frame is not well formed, or speaks for another visit or the other side. Never throws.
 */
export function sealedFrame(
  from: Sender,
  { side, visitId }: Pick<Fence, 'side' | 'visitId'>,
  frame: string,
  stored: boolean,
): SealedFrame | null {
  const header = from.headerOf(frame);
  if (!header || header.visitId !== visitId || header.side !== side) return null;
  return (header.type === FRAME_TYPES.passing) === stored ? null : { header, frame };
}

export const streamKey = ({ side, epoch, stream }: Pick<FrameHeader, 'side' | 'epoch' | 'stream'>): string =>
  `${side}${epoch}:${stream}`;

type Numbers = { n: number; seq: number } | undefined;

/** What the number of a frame means for its stream [A10 A12 C2]. */
export function inOrder(known: Numbers, n: number): 'next' | 'again' | 'out_of_order' {
  if (known && n <= known.n) return 'again';
  return n === (known?.n ?? 0) + 1 ? 'next' : 'out_of_order';
}

/** Frames after `seq`, as many as fit one answer; at least one when there is one. */
export function page(frames: readonly StoredFrameRecord[], seq: number, charsMax: number): StoredFrameRecord[] {
  const fitting: StoredFrameRecord[] = [];
  let chars = 0;
  for (const each of frames) {
    if (each.seq <= seq) continue;
    chars += each.frame.length;
    if (fitting.length > 0 && chars > charsMax) break;
    fitting.push(each);
  }
  return fitting;
}

export const idOf = ({ header }: SealedFrame): string => frameId(header);

/** A frame for the other side, with its newest fence: a desk's seat or a visitor's conn. `seq` 0: it is not stored. */
export function frameHint(
  { side, visitId }: Pick<Fence, 'side' | 'visitId'>,
  { header: { epoch }, frame }: SealedFrame,
  seq: number,
  account: AccountId | '',
  there: number,
): Hint {
  if (side === 'c') {
    return seq > 0
      ? { to: 'visitor', visitId, conn: there, event: 'talk:frame', hint: { seq, frame, epoch } }
      : { to: 'visitor', visitId, conn: there, event: 'talk:passing', hint: { frame } };
  }
  return seq > 0
    ? {
        to: 'desk',
        account: account as AccountId,
        seat: there,
        event: 'talk:frame',
        hint: { visitId, seq, frame, epoch },
      }
    : { to: 'desk', account: account as AccountId, seat: there, event: 'talk:passing', hint: { visitId, frame } };
}

/** The visitor hears that the counsellor opened the key. */
export const openedHint = (visitId: VisitId, epoch: number, conn: number): Hint => ({
  ...{ to: 'visitor', visitId, conn },
  ...{ event: 'key:opened', hint: { epoch } },
});
