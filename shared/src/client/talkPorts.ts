import type { ProblemCode } from '../problem.ts';
import type { Side } from '../protocol/frame.ts';
import type { SealedMessage } from '../protocol/sealed.ts';
import type { Since, StoredFrame } from '../protocol/visitor.ts';
import type { Ack } from '../protocol/wire.ts';
import type { Keyring } from './keyring.ts';
import type { Gate } from './outbox.ts';
import type { Clock, Page, Timers } from './ports.ts';
import type { SystemLine, Talk } from './views.ts';

/** One conversation's way to the store. */
export interface TalkWire {
  append(frame: string): Promise<Ack<{ seq: number }>>;
  passing(frame: string): Promise<Ack<null>>;
  since(seq: number, id?: string): Promise<Ack<Since>>;
  restore(frames: string[]): Promise<Ack<{ seqs: number[] }>>;
}

/** What came sealed, or came back, and is not for the screen but for the keys. */
export interface TalkEvents {
  /** a frame was opened, and its message is shown next */
  arrived(side: Side, epoch: number): void;
  /** the counsellor's sign that an epoch works, from either side of the reload */
  confirmed(epoch: number): void;
  keys(keys: readonly (readonly [number, string])[], epoch: number): Promise<void>;
  nick(nick: string, epoch: number): void;
  /** a text of this side is in the store */
  stored(mid: string): void;
  refused(code: ProblemCode): void;
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
  /** wrote the other side's or this side's frame of this epoch somebody else than the person shown now? */
  author(side: Side, epoch: number): 'known' | 'colleague' | 'stranger';
  /** name of the other side's writer of this epoch, where it has one */
  nameAt?(epoch: number): string | undefined;
}

/** The engine's own handle on a conversation; screens get `talk`. */
export interface Conversation {
  readonly talk: Talk;
  readonly gate: Gate;
  readonly epoch: number;
  /** a text may wait under a name of its own, for a resend that stays one [C4] */
  write(text: string, mid: string, person: string | null): void;
  control(message: Extract<SealedMessage, { mid: string }>): void;
  /** a text that nobody sends by itself */
  giveBack(text: string): void;
  has(mid: string): boolean;
  open(epoch: number, gate: Gate): void;
  pause(): void;
  /** from now on texts are written for this person; those for somebody else go back to the composer */
  person(person: string): void;
  system(code: SystemLine, name?: string): void;
  hint(stored: Pick<StoredFrame, 'seq' | 'frame'>): void;
  passing(frame: string): void;
  /** asks the store, repeats what has no answer; resolves when what was there is shown */
  look(): Promise<void>;
  reconnected(): void;
  /** only from `events.keys`: opens what stood closed; resolves to how many frames were opened, and how many stay closed */
  openClosed(): Promise<{ opened: number; left: number }>;
  /** what was shown so far is another person's now: closed, and nothing written for it is kept */
  sealOff(): void;
  silent(is: boolean): void;
  /** no key stays; `texts` = nothing that was shown stays either */
  end(options: { texts: 'keep' | 'wipe' }): void;
}
