import type { Language, Release, Role, Stage, Topic, VisitId } from '@clbchat/shared/ids';
import type { HeldVisit } from '@clbchat/shared/protocol/counsellor';
import type { Since, VisitState } from '@clbchat/shared/protocol/visitor';
import { done, type Ack, type Share } from '@clbchat/shared/protocol/wire';
import type { Socket } from './wireDouble.ts';

/** One visit as the double keeps it. A test may read and change every field. */
export interface RelayVisit {
  visitId: VisitId;
  stage: Stage;
  role: Role;
  topic: Topic;
  lang: Language;
  vnonce: string;
  token: string;
  tokenBefore: string;
  rev: number;
  hold: number;
  holder: string | null;
  epoch: number;
  epochNext: number;
  keyOffer?: string | undefined;
  sealed?: string | undefined;
  keyWanted: number;
  shareV?: Share | undefined;
  shareC?: Share | undefined;
  unanswered: boolean;
  was: string | null;
  front: Release | null;
  idleLeftMs?: number;
  socket: Socket | null;
  log: { frame: string; id: string; atMs: number }[];
  streams: Map<string, { n: number; seq: number }>;
}
export const stateOf = (visit: RelayVisit): VisitState => ({
  visitId: visit.visitId,
  stage: visit.stage,
  away: 'no',
  unanswered: visit.unanswered,
  front: visit.stage === 'waiting' ? visit.front : null,
  ...(visit.idleLeftMs === undefined ? {} : { idleLeftMs: visit.idleLeftMs }),
  rev: visit.rev,
  hold: visit.hold,
  epoch: visit.epoch,
  waitedMs: 0,
  ...(visit.stage === 'waiting' ? { ahead: 0, range: null } : {}),
  ...(visit.keyOffer ? { keyOffer: visit.keyOffer } : {}),
  sealedSet: visit.sealed !== undefined,
  ...(visit.shareV ? { share: visit.shareV } : {}),
  last: visit.log.length,
  staffed: true,
});
export const heldOf = (visit: RelayVisit): HeldVisit => ({
  visitId: visit.visitId,
  stage: visit.stage,
  hold: visit.hold,
  rev: visit.rev,
  epoch: visit.epoch,
  epochNext: visit.epochNext,
  keyWanted: visit.keyWanted,
  ...(visit.sealed ? { sealed: visit.sealed } : {}),
  ...(visit.shareC ? { share: visit.shareC } : {}),
  vnonce: visit.vnonce,
  role: visit.role,
  topic: visit.topic,
  lang: visit.lang,
  waitedMs: 0,
  ...(visit.idleLeftMs === undefined ? {} : { idleLeftMs: visit.idleLeftMs }),
  peer: visit.socket ? 'here' : 'away',
  last: visit.log.length,
});
/** So few at once that paging is always part of it. */
const SINCE_AT_ONCE = 3;

export function since({ log }: RelayVisit, nowMs: number, seq: number, id?: string): Ack<Since> {
  if (seq > log.length || (seq > 0 && id !== undefined && log[seq - 1]?.id !== id))
    return done({ diverged: true, last: log.length });
  const part = log.slice(seq, seq + SINCE_AT_ONCE);
  const frames = part.map(({ frame, atMs }, at) => ({
    seq: seq + at + 1,
    frame,
    agoS: Math.floor((nowMs - atMs) / 1_000),
  }));
  return done({ frames, from: 1, last: log.length, more: seq + part.length < log.length });
}
