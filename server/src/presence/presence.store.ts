import type { AccountId, DeskStatus, Digest, RequestId } from '@clbchat/shared/ids';
import type { DeskState } from '@clbchat/shared/protocol/counsellor';
import type { Serves } from '@clbchat/shared/serves';
import type { DeskSeat, Seated } from '../live/fences.ts';
import type { Changed } from '../live/hint.ts';

/** What a console is shown, without the queue's rows and the centre's numbers, which the door adds. */
export type DeskFacts = Omit<DeskState, 'queue' | 'slotsMax' | 'serves' | 'hours'> & {
  /** null = everybody */
  serves: Serves | null;
};

export type Entered =
  | ({ is: 'entered'; seat: number; desk: DeskFacts } & Changed)
  | { is: 'elsewhere' }
  | { is: 'no_cert' };

/** Counsellors at work: status, slots, whom they serve, seat, signs of life. */
export interface PresenceStore {
  /**
   * A console sits down. The same device takes the seat at once; another device only with `takeOver` while the desk
   * is alive or holds visits [A19]. A desk keeps the status, the number and the choice that it has, however long its console was
   * away; `status`, `slots` and `serves` are what a desk begins with that is not known, or was left [R9].
   *
   * @returns `no_cert` when the certificate has expired, but for the device that holds somebody: it goes on with whom it holds,
   *   and nothing new rings [O38]. Only `entered` writes; its hints tell the older seat.
   */
  enter(input: {
    account: AccountId;
    dev: Digest;
    certExpMs: number;
    /** null = everybody; without it, what the desk had when it was left, or everybody */
    serves?: Serves | null | undefined;
    /** without it, as many as the centre's `slotsDefault` */
    slots?: number | undefined;
    status: Exclude<DeskStatus, 'offline'>;
    takeOver: boolean;
  }): Promise<Entered>;

  /** The truth for the console [V2]. Never writes. */
  desk(input: DeskSeat): Promise<{ is: 'desk'; desk: DeskFacts } | Seated>;

  /** Whether somebody is held or opening at this desk [A12], by this device where one is named [O38]. Never writes. */
  holds(input: { account: AccountId; dev?: Digest }): Promise<boolean>;

  /**
   * Somebody is at a session of hers. One of which nothing is known begins anew: it is new, or the store was lost.
   *
   * @param session digest of its cookie
   * @returns false when the last such sign is `sessionIdleMs` old: then nothing is written, and it is over [A14]
   */
  awake(session: string): Promise<boolean>;

  /**
   * The sessions of which that is so, oldest first. Of each in `there` without any sign this is the first one: without it nobody
   * who stays away after a loss of the store would ever be away for long. Those in `over` have ended since, and are forgotten.
   */
  idle(input: { readonly there: readonly string[]; readonly over: readonly string[] }): Promise<string[]>;

  /** Pausing withdraws rings, never conversations; `available` also ends the wrap-up. A press that comes again changes nothing [V7]. */
  status(
    input: DeskSeat & { status: 'available' | 'paused'; requestId: RequestId },
  ): Promise<({ is: 'set' } & Changed) | Seated>;

  /** Lowering withdraws rings beyond the number, never conversations [A23]. A press that comes again changes nothing [V7]. */
  slots(input: DeskSeat & { slots: number; requestId: RequestId }): Promise<({ is: 'set' } & Changed) | Seated>;

  /**
   * Whom she is rung for from the next offer on [R13]; null = everybody. What rings goes on ringing, and nobody is taken from her.
   * A press that comes again changes nothing [V7].
   */
  serves(
    input: DeskSeat & { serves: Serves | null; requestId: RequestId },
  ): Promise<({ is: 'set' } & Changed) | Seated>;

  /** Signs of life of many consoles in one command. Older seats are passed over. Hints: `peer:back` where it was told silent. */
  beat(desks: readonly DeskSeat[]): Promise<Changed>;

  /** Goes offline. Refused while a visit is held or opening. */
  leave(input: DeskSeat): Promise<({ is: 'left' } & Changed) | { is: 'has_conversations' } | Seated>;

  /** The session of this seat is over: what is held goes to the front at once, and the seat can do nothing more [R6 row 34]. */
  signOut(input: DeskSeat): Promise<({ is: 'signed_out' } & Changed) | Seated>;
}
