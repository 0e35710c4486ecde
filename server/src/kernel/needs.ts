import type { Limits } from '@clbchat/shared/limits';
import type { Clock } from './clock.ts';

/** What a centre may choose for itself. `centre/centre.rules.ts` has the defaults and the bounds. */
export interface Rules {
  /** `offered`: the server brings a visit to a desk · `picked`: desks take from the queue */
  readonly routing: 'offered' | 'picked';
  /** conversations at once per counsellor: of a desk that says no number, and at most */
  readonly slotsDefault: number;
  readonly slotsMax: number;
  readonly offerRingMs: number;
  /** offers missed in a row before a desk is set to `paused` */
  readonly offerMissesMax: number;
  /** a pause after every conversation until the counsellor says ready */
  readonly wrapUp: boolean;
  /** how long a sign of life of a desk counts */
  readonly leaseMs: number;
  /** without a sign of life, the conversation goes back to the queue */
  readonly releaseMs: number;
  /** without a sign of life, the visitor is told */
  readonly peerToldMs: number;
  /** from acceptance to the first working key */
  readonly openingMs: number;
  /** a visitor without a socket: in the queue, in a conversation, after a goodbye of the page */
  readonly waitingKeepMs: number;
  readonly talkingKeepMs: number;
  readonly unloadKeepMs: number;
  /** silence until the visitor is asked, and until the conversation ends */
  readonly idleAskMs: number;
  readonly silenceMs: number;
  /** minutes that visitors are told */
  readonly lengthToldMin: number;
  readonly lengthMaxMs: number;
  /** before closing, nobody joins a queue that exists */
  readonly lastEntryMs: number;
  /** an estimate above this refuses whoever joins */
  readonly fullEstimateMs: number;
  readonly waitingMax: number;
  /** then a topic that nobody online serves is for everybody */
  readonly fallbackAfterMs: number;
  /** after closing, who still waits is told: at the latest, and without any counsellor */
  readonly drainAfterMs: number;
  readonly drainStaffGoneMs: number;
}

/** What every store is made with. */
export interface StoreNeeds {
  readonly clock: Clock;
  readonly limits: Limits;
  /** as they stand at this moment: a coordinator may change them, so every command reads them anew */
  readonly rules: Rules;
  /** the process whose commands these are: the sockets that they let in are its own. Without it there is only one */
  readonly node?: string;
  /** takes a hint to the process that has the socket; the store on Redis posts by itself [N70] */
  readonly post?: (node: string, hint: unknown) => void;
}
