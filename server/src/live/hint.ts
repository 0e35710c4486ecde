import type { AccountId, VisitId } from '@clbchat/shared/ids';
import type { CounsellorHints } from '@clbchat/shared/protocol/counsellor';
import type { VisitorHints } from '@clbchat/shared/protocol/visitor';

/**
 * Who must be told what, as a command of the store decided it. A hint is delivered to a socket with exactly
 * this fence and to no other [A15]; it may be lost, and then a request tells the same [V2].
 */
export type ToVisitor = {
  [E in keyof VisitorHints]: { to: 'visitor'; visitId: VisitId; conn: number; event: E; hint: VisitorHints[E] };
}[keyof VisitorHints];

export type ToDesk = {
  [E in keyof CounsellorHints]: { to: 'desk'; account: AccountId; seat: number; event: E; hint: CounsellorHints[E] };
}[keyof CounsellorHints];

export type Hint = ToVisitor | ToDesk;

/** What a command that changes stages answers besides its word: hints, and whether `match` may now find something. */
export interface Changed {
  hints: Hint[];
  /** a place or a visitor became free */
  freed: boolean;
}
