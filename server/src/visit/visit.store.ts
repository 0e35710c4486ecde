import type { Digest, EndReason, VisitId } from '@clbchat/shared/ids';
import type { VisitState } from '@clbchat/shared/protocol/visitor';
import type { DeskFence, Fenced, VisitorFence } from '../live/fences.ts';
import type { Changed } from '../live/hint.ts';
import type { Lost } from '../live/record.ts';

/** The visit's truth without the range, which is computed from `handouts` (queue/queue.rules.ts). */
export type StateOf = Omit<VisitState, 'range'>;

export type Attached =
  | ({ is: 'attached'; conn: number; state: StateOf } & Changed)
  | { is: 'token_used' | 'full_house' }
  | Lost;

/** Stays of visitors: who may speak for one, whether it is here, what it is. Each method is one atomic command. */
export interface VisitStore {
  /**
   * A socket takes up a visit with a token that the client made. The hash of the current token, or of the one before
   * while the current was never used, lets in; `next` becomes the current one; the older socket is fenced off [L4 A17].
   *
   * @returns `attached` with the new `conn`, and a hint `visit:replaced` for the older socket if it is still there;
   *   `token_used` when the token is older than that, or when this `next` has let a socket in already that is still
   *   there: the same CONNECT again, or one that was late; `full_house` when `short` says that there is room for who talks
   *   alone, and this visit waits and has no socket at this process whose place it would take [N26]; `lost` when no such visit is known. Only `attached` writes.
   */
  attach(input: { visitId: VisitId; token: Digest; next: Digest; short?: boolean }): Promise<Attached>;

  /** The same by proof alone: the caller has computed `visitId` from it, and nobody else can know it [A4]. */
  reissue(input: { visitId: VisitId; next: Digest; short?: boolean }): Promise<Attached>;

  /** A socket closed. After `awayAfterMs` the visit is away. Stale when a newer socket is attached. */
  drop(input: VisitorFence): Promise<{ is: 'dropped' | 'stale' }>;

  /**
   * The page said goodbye by beacon: kept for `unloadKeepMs` only, and away at the next tick. Ends nothing, since a reload
   * says it too [A21].
   * `token_used` for any token but the current one: the page that sent it has come back meanwhile.
   */
  unload(input: { visitId: VisitId; token: Digest }): Promise<{ is: 'noted' | 'token_used' } | Lost>;

  /**
   * Signs of life of many sockets at once. Fences that do not fit are passed over.
   *
   * @returns those of them whose visit is at a desk, opening or talking: they are asked for more signs [N20]
   */
  seen(sockets: readonly VisitorFence[]): Promise<{ atDesk: VisitorFence[] }>;

  /** The truth for the visitor [V2]. Never writes. */
  state(input: VisitorFence): Promise<{ is: 'state'; state: StateOf } | Fenced>;

  /**
   * Ends a visit for good: every key with its id is deleted in this command [V4].
   * A visitor may always end its own; a counsellor the one that it holds. Ending what is not known is `ended` too [V7];
   * `lost` when it is the counsellor's desk that is not known.
   */
  end(
    input:
      | ({ by: 'visitor' } & VisitorFence & { reason: EndReason })
      | { by: 'token'; visitId: VisitId; token: Digest; reason: EndReason }
      | ({ by: 'desk' } & DeskFence & { reason: EndReason }),
  ): Promise<({ is: 'ended' } & Changed) | { is: 'token_used' } | Fenced>;
}
