import type { ProblemCode } from '../../problem.ts';
import type { FrameHeader, Side } from '../../protocol/frame.ts';
import type { Marks } from '../../protocol/sealed.ts';
import type { Since } from '../../protocol/visitor.ts';
import type { Ack } from '../../protocol/wire.ts';
import type { Clock, Page, Timers } from '../ports.ts';
import type { Keyring, KeyText } from './keyring.ts';
import type { UpTo } from './streams.ts';

/** One conversation's way to the store. */
export interface TalkWire {
  append(frame: string): Promise<Ack<{ seq: number }>>;
  passing(frame: string): Promise<Ack<null>>;
  since(seq: number, id?: string): Promise<Ack<Since>>;
  restore(frames: string[]): Promise<Ack<{ seqs: number[] }>>;
}

/** A text that the other side has not acknowledged. */
export interface WaitingText {
  mid: string;
  text: string;
  /** for whom it was written [C5] */
  person: string;
}
/** What of a conversation lies on the device, wrapped. */
export interface KeptTalk {
  /** what was written and has not arrived */
  waiting: readonly WaitingText[];
  /** what went back to its writer and was not taken up again */
  returned: string;
  /** how far the store was read */
  upTo: UpTo;
  /** how far the other side had got, by its sealed marks; none in what an earlier version of this page kept */
  marked?: Marked;
  /** up to where a person read each of the other side's streams [D44]; none either in what an earlier version kept */
  read?: Marks;
}
/** For each of this side's streams up to where it was marked. */
export type Marked = Readonly<Record<'sent' | 'read', Marks>>;
export const emptyTalk = (): KeptTalk => ({ waiting: [], returned: '', upTo: [] });

/** What came sealed, or came back, and is not for the screen but for the keys. */
export interface TalkEvents {
  /** a frame was opened, and its message is shown next */
  arrived(side: Side, epoch: number): void;
  /** the counsellor's sign that an epoch works, from either side of the reload */
  confirmed(epoch: number): void;
  keys(keys: readonly KeyText[], epoch: number): Promise<void>;
  nick(nick: string, epoch: number): void;
  /** somebody has said something just now; the other side: with its frame's header */
  said(header?: FrameHeader): void;
  refused(code: ProblemCode, life?: string): void;
}

export interface TalkPorts {
  visitId: string;
  side: Side;
  ring: Keyring;
  wire: TalkWire;
  clock: Clock;
  timers: Timers;
  page: Page;
  events: TalkEvents;
  /** what an earlier page kept was read, or there was nothing: no frame is judged before */
  unlocked: Promise<unknown>;
  /** when this conversation began, on this device's clock: nothing of it is older */
  sinceMs(): number;
  /** resolves when it lies on the device, or cannot */
  keep(talk: KeptTalk): Promise<void>;
  /** wrote the other side's or this side's frame of this epoch somebody else than the person shown now? */
  author(side: Side, epoch: number): 'known' | 'colleague' | 'stranger';
  /** name of the other side's writer of this epoch, where it has one */
  nameAt?(epoch: number): string | undefined;
}
