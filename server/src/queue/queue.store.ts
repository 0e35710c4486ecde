import type { Digest, Language, Role, Stage, Topic, VisitId } from '@clbchat/shared/ids';
import type { QueueRow } from '@clbchat/shared/protocol/counsellor';
import type { Life, Share } from '@clbchat/shared/protocol/wire';
import type { Seated, VisitorFence } from '../live/fences.ts';
import type { Changed } from '../live/hint.ts';
import type { Door } from '@clbchat/shared/hours/hours';
import type { Handout } from '../live/record.ts';

export interface JoinInput {
  visitId: VisitId;
  role: Role;
  topic: Topic;
  lang: Language;
  first: Digest;
  vnonce: string;
  share: Share;
  door: Door;
  /** present visits that other addresses at this process have in the line beyond their share: they refuse nobody; none when left out */
  beyond?: number;
}

export type Joined =
  | ({ is: 'joined'; conn: number; life: Life; stage: Stage; ticket: number; ahead: number } & Changed)
  | { is: 'closed' | 'closing' | 'full' | 'not_yours' | 'token_used' };

/** Where a visit with a ticket stands, with the socket that must be told. */
export interface Place {
  visitId: VisitId;
  conn: number;
  /** its socket is, or was last, one of this process */
  here: boolean;
  ahead: number;
  /** how many hand-outs it waits for (queue.rules.ts); 0 while it rings or somebody is free for it */
  turns: number;
  /** not away, and owes no answer */
  present: boolean;
}

/** What the wait is told from: intervals between hand-outs, whether anybody works, and who of those asked about stands where. */
export interface Places {
  handouts: readonly Handout[];
  staffed: boolean;
  /** smallest ticket first, away ones included */
  places: readonly Place[];
}

/** The same of the whole queue; its places are those of the first `exactPlaces`. */
export interface QueueFacts extends Places {
  /** the same for somebody who came now, whatever about */
  turnsNow: number;
  /** waiting, present and owing no answer */
  waiting: number;
  /** of those the one who comes first, and of those who ring: who lost its place may have waited longer */
  longestMs: number;
  /** what other processes told that addresses have in the line beyond their share there: it makes it busy for nobody [N44] */
  beyondElsewhere: number;
}

/** The line of visits. Order is by ticket and never by clock. */
export interface QueueStore {
  /**
   * Gives a visit its ticket. Repeating it with the same first token keeps the ticket and fences off the older
   * socket [Q1 V7].
   *
   * @returns `closed` outside the hours; `closing` after last entry while others wait; `full` at `waitingMax` present
   *   visits, or when the estimate exceeds `fullEstimateMs` or the time left (an unknown estimate refuses nobody,
   *   nor is anybody refused for whom a counsellor is free [Q9]);
   *   `not_yours` when the id exists with another first token; `token_used` when the visit was taken up by a later one
   *   since, or has ended: this join was late in the network [L4 L2]. Only `joined` writes.
   */
  join(input: JoinInput): Promise<Joined>;

  /**
   * "Ja, ik ben er", or the answer to whatever was asked: the visit is back in the line with its first ticket [Q3 Q7];
   * one that talks is silent no longer [R8]. `stage` while a counsellor is just opening it.
   */
  here(input: VisitorFence): Promise<({ is: 'here'; ahead: number } & Changed) | { is: 'stage' } | Seated>;

  /**
   * How many visits addresses of this process have in the line beyond their share: joins at the others take it into
   * account [N44].
   *
   * @param forMs Without it `seenEveryMs + seenLateMs`, the longest there is: told anew each `seenEveryMs`, it counts at
   *   least as long as visits of a process that died stand in the line.
   */
  tell(beyond: number, forMs?: number): Promise<void>;

  /** For the hints `queue:moved`, the status page and estimates: costs the same however many wait [Q13]. Never writes. */
  facts(): Promise<QueueFacts>;

  /** Of these visits those that have a ticket and are at no desk; costs the same however many others wait [Q13]. Never writes. */
  places(visitIds: readonly VisitId[]): Promise<Places>;

  /** Rows for consoles: enough to choose, nothing to recognise [A35]. At most `rowsMax`, longest waiting first. */
  rows(rowsMax: number): Promise<QueueRow[]>;
}
