import type { Digest, Language, Role, Topic, VisitId } from '@clbchat/shared/ids';
import type { QueueRow } from '@clbchat/shared/protocol/counsellor';
import type { Share } from '@clbchat/shared/protocol/wire';
import type { Changed } from '../live/hint.ts';
import type { Fenced, VisitorFence } from '../visit/visit.store.ts';

export interface JoinInput {
  visitId: VisitId;
  role: Role;
  topic: Topic;
  lang: Language;
  first: Digest;
  vnonce: string;
  share: Share;
  /** what the opening hours say now (hours/hours.rules.ts) */
  door: { is: 'open' | 'closing' | 'closed'; closesInMs: number | null };
}

export type Joined =
  | ({ is: 'joined'; conn: number; ticket: number; ahead: number } & Changed)
  | { is: 'closed' | 'closing' | 'full' | 'not_yours' };

/** What the wait is told from: intervals between hand-outs in seconds, and whether anybody works. */
export interface QueueFacts {
  handouts: readonly number[];
  staffed: boolean;
  /** visits with a ticket, away ones included, smallest first, with the socket that must be told */
  places: readonly { visitId: VisitId; conn: number; ahead: number }[];
  /** waiting, present and owing no answer */
  waiting: number;
  longestMs: number;
}

/** The line of visits. Order is by ticket and never by clock. */
export interface QueueStore {
  /**
   * Gives a visit its ticket. Repeating it with the same first token keeps the ticket and fences off the older
   * socket [Q1 V7].
   *
   * @returns `closed` outside the hours; `closing` after last entry while others wait; `full` at `waitingMax` present
   *   visits, or when the estimate exceeds `fullEstimateMs` or the time left (an unknown estimate refuses nobody);
   *   `not_yours` when the id exists with another first token. Only `joined` writes.
   */
  join(input: JoinInput): Promise<Joined>;

  /**
   * "Ja, ik ben er", or the answer to whatever was asked: the visit is back in the line with its first ticket [Q3 Q7];
   * one that talks is silent no longer [R8]. `stage` while a counsellor is just opening it.
   */
  here(input: VisitorFence): Promise<({ is: 'here'; ahead: number } & Changed) | { is: 'stage' } | Fenced>;

  /** For the hints `queue:moved`, the status page and estimates. Never writes. */
  facts(): Promise<QueueFacts>;

  /** Rows for consoles: enough to choose, nothing to recognise [A35]. At most `rowsMax`, longest waiting first. */
  rows(rowsMax: number): Promise<QueueRow[]>;
}
