import type { Serves } from '@clbchat/shared/serves';
import type {
  AccountId,
  DeskStatus,
  Digest,
  Language,
  Release,
  RequestId,
  Role,
  Stage,
  Topic,
  VisitId,
} from '@clbchat/shared/ids';
import { randomToken } from '@clbchat/shared/digest';
import type { Life, Share } from '@clbchat/shared/protocol/wire';
import { emptyRanked, type Ranked } from './ranked.ts';

/**
 * What the live store remembers, as plain records. The memory store holds exactly these; the Redis store holds
 * the same fields under the keys of redis/keys.ts. Every time is in milliseconds on the node's corrected clock.
 * A field that is not here is stored nowhere [P1].
 */
export interface VisitRecord {
  visitId: VisitId;
  stage: Stage;
  /** out of the line but with its ticket: no sign of life from its page */
  away: 'no' | 'dropped';
  /** out of the line but with its ticket: it was asked something while a counsellor had it, and has not answered */
  unanswered: boolean;
  ticket: number;
  /** the ticket that it came with, once it has another one [Q12]; 0 = it has it still */
  firstTicket: number;
  role: Role;
  topic: Topic;
  lang: Language;
  vnonce: string;
  joinedMs: number;

  first: Digest;
  tok: Digest;
  tokPrev: Digest | '';
  conn: number;
  /** the process that let that socket in; '' where there is only one */
  node: string;
  /** when the socket went; 0 while one is attached */
  dropMs: number;
  seenMs: number;
  /** the page said goodbye: it is kept for a shorter time */
  unloaded: boolean;

  holder: AccountId | '';
  hold: number;
  /** who had it before, and why no longer */
  was: AccountId | '';
  front: Release | '';
  offerTo: AccountId | '';
  offerNo: number;
  offerByMs: number;
  /** everybody free has declined or missed it: it rings them again from this moment on; 0 = not so */
  notBeforeMs: number;
  tried: { account: AccountId; untilMs: number }[];
  openByMs: number;
  /** when it was last given to a counsellor; 0 = never */
  handedMs: number;
  /** its last opening ended without a key that works [Q12] */
  openingMissed: boolean;
  refusals: number;
  talkedMs: number;
  lastTextMs: number;
  idleTold: boolean;
  /** the visitor was told that the counsellor is silent, the counsellor that the visitor is away */
  silentTold: boolean;
  awayTold: boolean;

  epoch: number;
  epochNext: number;
  keyWanted: number;
  keyAskedMs: number;
  keyOffer: string;
  sealed: string;
  shareV: Share;
  shareC: Share | null;

  rev: number;
  seq: number;
  streams: Map<string, { n: number; seq: number }>;
  frames: StoredFrameRecord[];
}

export interface StoredFrameRecord {
  seq: number;
  id: string;
  frame: string;
  atMs: number;
}

export interface DeskRecord {
  account: AccountId;
  status: DeskStatus;
  slots: number;
  /** whom she wants to be rung for; null = everybody */
  serves: Serves | null;
  /** number of the console that acts; older ones can do nothing */
  seat: number;
  /** the process that this console is connected to; '' where there is only one */
  node: string;
  dev: Digest;
  certExpMs: number;
  beatMs: number;
  misses: number;
  idleSinceMs: number;
  /** presses of status and number that were heard, for requestReplayMs */
  presses: { requestId: RequestId; untilMs: number }[];
  /** visits that ring here, and visits that are held here */
  rings: Set<VisitId>;
  held: Set<VisitId>;
  /** visits that it had last and has no more, as long as they last [V2] */
  letGo: Set<VisitId>;
}

/** From one visit's first message possible to the next one's: with somebody waiting all the time [Q8]. */
export interface Handout {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface LiveState {
  /** of this memory: on Redis the id of its run */
  life: Life;
  visits: Map<VisitId, VisitRecord>;
  /** who has a ticket and is at no desk, and who of them may be offered, by ticket (live/line.ts) */
  queue: Ranked<VisitId>;
  line: Ranked<VisitId>;
  /** who waits, by the moment at which time has something to say of it */
  due: Ranked<VisitId>;
  desks: Map<AccountId, DeskRecord>;
  /** a ring's number to its visit */
  rings: Map<number, VisitId>;
  ticketCounter: number;
  offerCounter: number;
  /** answers to `desk:take`, kept for requestReplayMs */
  takes: Map<RequestId, { account: AccountId; visitId: VisitId; untilMs: number }>;
  /** the last intervals between hand-outs during which somebody waited, newest last */
  handouts: Handout[];
  lastHandoutMs: number;
  tick: { atMs: number; graceUntilMs: number; staffGoneMs: number };
  /** what is done for the whole centre, and until when another process does it */
  rounds: Map<string, number>;
  /** by process, what addresses have in the line beyond their share there, and until when that counts [N44] */
  beyond: Map<string, { beyond: number; untilMs: number }>;
  /** when somebody was last at a session, by the digest of its cookie [A14] */
  awake: Map<string, number>;
  /** of visits that ended, by the hour since 1970 in which they did: how often each thing was counted, and which hour is the last that counts no more [F1] */
  sums: { closed: number; hours: Map<number, Map<string, number>> };
  /** digests of ids of visits that ended, and until when a proof of one joins no more [L2] */
  over: Map<string, number>;
}

/** The store does not know the visit or the desk that was named; whether it ever did, its life says [V9 V10]. */
export interface Lost {
  is: 'lost';
  life: Life;
}

export const emptyLive = (life: Life = randomToken(16)): LiveState => ({
  life,
  visits: new Map(),
  queue: emptyRanked(),
  line: emptyRanked(),
  due: emptyRanked(),
  desks: new Map(),
  rings: new Map(),
  ticketCounter: 0,
  offerCounter: 0,
  takes: new Map(),
  handouts: [],
  lastHandoutMs: 0,
  tick: { atMs: 0, graceUntilMs: 0, staffGoneMs: 0 },
  rounds: new Map(),
  beyond: new Map(),
  awake: new Map(),
  sums: { closed: -1, hours: new Map() },
  over: new Map(),
});
