import * as v from 'valibot';
import type { EndReason, Release, Stage, VisitId } from '../ids.ts';
import { FRAME_CHARS_MAX, FRAME_ID, FRAME_ID_CHARS_MAX } from './frame.ts';
import {
  bytes,
  counter,
  digest,
  language,
  nothing,
  opaque,
  role,
  sealed,
  secret,
  share,
  topic,
  visitId,
  type Life,
  type Range,
  type Share,
} from './wire.ts';

/**
 * What stands in `auth` of a visitor's CONNECT. The client makes its tokens itself and stores the next one
 * before it connects, so that a lost answer locks nobody out. Tokens travel here and never in an address.
 */
export const visitorAuth = v.union([
  v.strictObject({}),
  v.strictObject({ visitId, token: secret, next: digest }),
  v.strictObject({ visitId, proof: secret, next: digest }),
]);
export type VisitorAuth = v.InferInput<typeof visitorAuth>;

export const frame = opaque(FRAME_CHARS_MAX);
export const frameId = v.pipe(v.string(), v.maxLength(FRAME_ID_CHARS_MAX), v.regex(FRAME_ID));

/** Requests of a visitor, each with its schema. Every one may also answer malformed, too_fast, unavailable, replaced. */
export const visitorSchemas = {
  'visit:join': v.strictObject({
    proof: secret,
    role,
    topic,
    lang: language,
    first: digest, // SHA-256 of the first token
    vnonce: bytes(32),
    share,
  }),
  'visit:state': nothing,
  'visit:end': v.strictObject({ why: v.picklist(['left', 'quick_exit']) }),
  'queue:here': nothing,
  'key:seal': v.strictObject({ epoch: counter, sealed }),
  'key:share': share,
  'key:ask': v.strictObject({ epoch: counter }),
  'key:refuse': v.strictObject({ epoch: counter, why: v.picklist(['chain', 'clock', 'declined', 'version']) }),
  'talk:append': v.strictObject({ frame }),
  'talk:passing': v.strictObject({ frame }),
  'talk:since': v.strictObject({ seq: counter, id: v.optional(frameId) }),
  'talk:restore': v.strictObject({ frames: v.pipe(v.array(frame), v.minLength(1), v.maxLength(8)) }),
} as const;

export type VisitorEvent = keyof typeof visitorSchemas;
export type VisitorInput<E extends VisitorEvent> = v.InferInput<(typeof visitorSchemas)[E]>;

export interface StoredFrame {
  seq: number;
  frame: string;
  /** whole seconds since it was stored: the client knows its own clock, and only that */
  agoS: number;
}
export type Since =
  | { frames: StoredFrame[]; from: number; last: number; more: boolean }
  | { diverged: true; last: number };

/** The truth about a visit, as its own visitor may know it. */
export interface VisitState {
  visitId: VisitId;
  life: Life;
  stage: Stage;
  /** `dropped`: no sign of life from its page for a while */
  away: 'no' | 'dropped';
  /** it was asked something and is offered to nobody until `queue:here` says that there is an answer */
  unanswered: boolean;
  /** why it is back at the front; only while waiting or offered, null before the first counsellor */
  front: Release | null;
  /** it missed two openings in a row, and who came later goes first; only while waiting or offered */
  passed?: true;
  rev: number;
  hold: number;
  epoch: number;
  /** visits in front; only while waiting or offered */
  ahead?: number;
  range?: Range;
  waitedMs: number;
  keyOffer?: string;
  sealedSet: boolean;
  /** milliseconds since the counsellor's last sign of life; only while opening or talking */
  peerAgeMs?: number;
  /** nobody wrote for long: the conversation ends after so many milliseconds more; only while that is asked about */
  idleLeftMs?: number;
  share?: Share;
  last: number;
  staffed: boolean;
}

/** Of what both sides ask in a conversation. */
export interface TalkAnswers {
  'talk:append': { seq: number };
  'talk:passing': null;
  'talk:since': Since;
  'talk:restore': { seqs: number[] };
}
export interface VisitorAnswers extends TalkAnswers {
  'visit:join': { visitId: VisitId; life: Life; ahead: number; range: Range };
  'visit:state': VisitState;
  'visit:end': null;
  'queue:here': { ahead: number; range: Range };
  'key:seal': null;
  'key:share': null;
  'key:ask': null;
  'key:refuse': null;
}

/** What a visitor hears. A hint may be lost: `visit:state` and `talk:since` tell the same. */
export interface VisitorHints {
  /** first thing after an attach: the state, as `visit:state` */
  'visit:attached': VisitState;
  'visit:stage': { rev: number; stage: Stage | 'ended'; hold: number; reason?: EndReason };
  'visit:replaced': null;
  'queue:moved': { ahead: number; range: Range; staffed: boolean };
  'key:offered': { rev: number; epoch: number; keyOffer: string };
  'key:opened': { epoch: number };
  'talk:frame': { seq: number; frame: string; epoch: number };
  'talk:passing': { frame: string };
  'talk:idle': { leftMs: number };
  'peer:silent': { rev: number };
  'peer:back': { rev: number };
  'node:leaving': { jitterMs: number };
}

/** Body of `POST /api/visit/leave`: text/plain, JSON inside. The token is the authority; the answer is always 204. */
export const leaveBody = v.strictObject({
  visitId,
  token: secret,
  why: v.picklist(['left', 'quick_exit', 'unload']),
});
