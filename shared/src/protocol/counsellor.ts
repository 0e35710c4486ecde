import type { CalendarMoment } from './status.ts';
import * as v from 'valibot';
import { LANGUAGES, ROLES, TOPICS } from '../ids.ts';
import type { DeskStatus, Language, Release, Role, Stage, Topic, VisitId } from '../ids.ts';
import type { Serves } from '../serves.ts';
import { frame, frameId, type TalkAnswers, type VisitorHints } from './visitor.ts';
import { counter, keyOffer, nothing, opaque, requestId, share, visitId, type Life, type Share } from './wire.ts';

const some = <const T extends string>(all: readonly T[]) =>
  v.pipe(
    v.array(v.picklist(all)),
    v.minLength(1),
    v.maxLength(all.length),
    v.check((chosen) => new Set(chosen).size === chosen.length),
  );
const serves: v.GenericSchema<Serves> = v.strictObject({
  roles: some(ROLES),
  topics: some(TOPICS),
  langs: some(LANGUAGES),
});

const onVisit = { visitId, hold: counter };

/** Requests of a console. `desk:prove` comes first; before it every other answers `no_cert`. */
export const counsellorSchemas = {
  'desk:prove': v.strictObject({ sig: opaque(128), cert: keyOffer }),
  /** `slots`, `serves` and `status` are a wish, for a desk that the store does not know or that was left [R9] */
  'desk:enter': v.strictObject({
    slots: v.optional(v.pipe(counter, v.minValue(1))), // without: what the centre begins with
    serves: v.optional(serves), // without: as the desk was left, or everybody
    status: v.picklist(['available', 'paused', 'wrap-up']),
    takeOver: v.optional(v.boolean()),
  }),
  'desk:state': nothing,
  'desk:status': v.strictObject({ status: v.picklist(['available', 'paused']), requestId }),
  'desk:slots': v.strictObject({ slots: v.pipe(counter, v.minValue(1)), requestId }),
  'desk:serves': v.strictObject({ serves, requestId }),
  'desk:leave': nothing,
  'desk:take': v.strictObject({ ticket: v.union([counter, v.literal('next')]), requestId }),
  'desk:release': v.strictObject({ ...onVisit, why: v.picklist(['unkept', 'visitor_away']) }),
  'desk:end': v.strictObject({ ...onVisit, why: v.picklist(['done', 'block']), requestId }),
  'offer:accept': v.strictObject({ offerNo: counter, requestId }),
  'offer:decline': v.strictObject({ offerNo: counter }),
  'key:offer': v.strictObject({ ...onVisit, epoch: counter, keyOffer }),
  'key:share': v.strictObject({ ...onVisit, ...share.entries }),
  'key:opened': v.strictObject({ ...onVisit, epoch: counter }),
  'talk:append': v.strictObject({ ...onVisit, frame }),
  'talk:passing': v.strictObject({ ...onVisit, frame }),
  'talk:since': v.strictObject({ ...onVisit, seq: counter, id: v.optional(frameId) }),
  'talk:restore': v.strictObject({ ...onVisit, frames: v.pipe(v.array(frame), v.minLength(1), v.maxLength(8)) }),
} as const;

export type CounsellorEvent = keyof typeof counsellorSchemas;
export type CounsellorInput<E extends CounsellorEvent> = v.InferInput<(typeof counsellorSchemas)[E]>;

/** What is told of a visit to whoever may take it. */
interface Asks {
  role: Role;
  topic: Topic;
  lang: Language;
  waitedMs: number;
}
/** A visit that this counsellor holds, with all that a console needs after a reload. */
export interface HeldVisit extends Asks {
  visitId: VisitId;
  stage: Stage;
  hold: number;
  rev: number;
  epoch: number;
  epochNext: number;
  /** the visitor has lost this epoch's key and asks for a new key offer; 0 = no */
  keyWanted: number;
  sealed?: string;
  share?: Share;
  vnonce: string;
  talkedMs?: number;
  /** nobody wrote for long: the conversation ends after so many milliseconds more; only while that is asked about */
  idleLeftMs?: number;
  /** the visitor's socket */
  peer: 'here' | 'away';
  last: number;
}
export interface Ring extends Asks {
  offerNo: number;
  leftMs: number;
}
/** A row of the queue: enough to choose, nothing to recognise. */
export interface QueueRow extends Asks {
  ticket: number;
  away: boolean;
  /** the visitor is there, and owes an answer: nobody can take it before */
  unanswered: boolean;
  ringing: boolean;
}
/** `shut`: somebody shut the door while it is open, and those who wait are served · `until`: when that changes; null for no time in sight */
export interface DeskHours {
  is: 'open' | 'shut' | 'closed';
  until: CalendarMoment | null;
}
export interface DeskState {
  life: Life;
  status: DeskStatus;
  slots: number;
  slotsMax: number;
  serves: Serves;
  seat: number;
  held: HeldVisit[];
  /** visits that were last held here and are not any more, for as long as they last */
  letGo: { visitId: VisitId; why: Release }[];
  rings: Ring[];
  queue: QueueRow[];
  colleagues: number;
  /** whether visitors may come in, and until when; null where nobody can say */
  hours: DeskHours;
}

export interface CounsellorAnswers extends TalkAnswers {
  'desk:prove': { name: string; demo: boolean };
  'desk:enter': DeskState;
  'desk:state': DeskState;
  'desk:status': DeskState;
  'desk:slots': DeskState;
  'desk:serves': DeskState;
  'desk:leave': null;
  'desk:take': HeldVisit;
  'desk:release': null;
  'desk:end': null;
  'offer:accept': HeldVisit;
  'offer:decline': null;
  'key:offer': null;
  'key:share': null;
  'key:opened': null;
}

/** What a console hears. A hint may be lost: `desk:state` and `talk:since` tell the same. */
export interface CounsellorHints {
  /** first thing after CONNECT: what `desk:prove` signs, together with the session and the origin */
  'desk:challenge': { nonce: string };
  'desk:replaced': null;
  'desk:changed': { why: 'status' | 'missed' };
  'offer:ring': Ring;
  'offer:off': { offerNo: number; why: 'left' | 'away' | 'missed' | 'withdrawn' | 'taken' };
  'queue:changed': { waiting: number; longestMs: number };
  /** `released` with stage waiting: she no longer has it; `reason` with ended */
  'visit:stage': { visitId: VisitId; released?: Release } & VisitorHints['visit:stage'];
  'key:sealed': { visitId: VisitId; rev: number; epoch: number; sealed: string };
  'key:wanted': { visitId: VisitId; rev: number; epoch: number };
  'talk:frame': { visitId: VisitId; seq: number; frame: string; epoch: number };
  'talk:passing': { visitId: VisitId; frame: string };
  'talk:idle': { visitId: VisitId; leftMs: number };
  'peer:silent': { visitId: VisitId; rev: number };
  'peer:back': { visitId: VisitId; rev: number };
  'node:leaving': { jitterMs: number };
}
