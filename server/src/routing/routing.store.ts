import type { RequestId } from '@clbchat/shared/ids';
import type { HeldVisit } from '@clbchat/shared/protocol/counsellor';
import type { DeskFence, DeskSeat, Fenced, Seated } from '../live/fences.ts';
import type { Changed } from '../live/hint.ts';

/** Who gets whom. Everything that adds to a desk's load checks slots, status, beat and certificate in the same step [R2 R3]. */
export interface RoutingStore {
  /**
   * Rings waiting visits at free counsellors: smallest ticket first among those that somebody free may serve [Q4];
   * the counsellor who had the visit before comes first, then fewest active, then longest idle, then id.
   * At most `offersPerMatchMax` offers; `more` asks the caller to repeat. Idempotent. With routing `picked` it offers nothing.
   */
  match(): Promise<{ offers: number; more: boolean } & Changed>;

  /**
   * Accepts a ring. Repeating it gives the same answer [V7]; of any number of accepts one wins [R1].
   * @returns `gone` when the ring was withdrawn, missed, taken or never hers. Only `accepted` writes.
   */
  accept(
    input: DeskSeat & { offerNo: number; requestId: RequestId },
  ): Promise<({ is: 'accepted'; visit: HeldVisit } & Changed) | { is: 'gone' | 'no_cert' | 'not_available' } | Seated>;

  /** The visit keeps its ticket and rings elsewhere; not here again for `triedForMs` [Q3 R3]. */
  decline(input: DeskSeat & { offerNo: number }): Promise<({ is: 'declined' } & Changed) | { is: 'gone' } | Seated>;

  /**
   * Takes a waiting, present visit from the queue without a ring; who rings here already is accepted. Repeating the requestId gives the first answer [V7].
   * @returns `not_ready` when the visit waits, but is away or owes an answer; `taken` when it waits no more
   */
  take(
    input: DeskSeat & { ticket: number | 'next'; requestId: RequestId },
  ): Promise<
    | ({ is: 'taken_over'; visit: HeldVisit } & Changed)
    | { is: 'taken' | 'not_ready' | 'no_slot' | 'not_available' | 'no_cert' | 'nobody_waiting' }
    | Seated
  >;

  /**
   * A console that cannot go on with a visit lets go of it at once: to the front with its first ticket, not again here
   * for `triedForMs`; no miss and no wrap-up [Q3 R11].
   * @returns `not_away` when it is to go because its visitor is gone, and that is not so, or a key was there [R12]
   */
  release(
    input: DeskFence & { why: 'unkept' | 'visitor_away' },
  ): Promise<({ is: 'released' } & Changed) | { is: 'not_away' } | Fenced>;
}
