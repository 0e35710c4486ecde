import type { Release, Stage, VisitId } from '@clbchat/shared/ids';
import { frameId, readHeader } from '@clbchat/shared/protocol/frame';
import { done, refused, type Ack } from '@clbchat/shared/protocol/wire';
import type { RelayVisit } from './relayVisit.ts';
import type { Socket } from './wireDouble.ts';

export interface Seat {
  socket: Socket | null;
  device: string;
}
export type RelayBook = ReturnType<typeof createRelayBook>;

/** What the double knows, and what happens to a visit whoever asks for it. */
export function createRelayBook(nowMs: () => number) {
  const visits = new Map<VisitId, RelayVisit>();
  const ended = new Set<VisitId>();
  const seats = new Map<string, Seat>();

  const toVisitor = (visit: RelayVisit, event: string, hint: unknown) => visit.socket?.emit(event, hint);
  const toHolder = (visit: RelayVisit, event: string, hint: object) => {
    if (visit.holder) seats.get(visit.holder)?.socket?.emit(event, { visitId: visit.visitId, ...hint });
  };
  const changed = (visit: RelayVisit, stage: Stage, released?: Release) => {
    visit.stage = stage;
    visit.rev += 1;
    const { rev, hold } = visit;
    toVisitor(visit, 'visit:stage', { rev, stage, hold });
    toHolder(visit, 'visit:stage', { rev, stage, hold, ...(released && { released }) });
  };
  function end(visit: RelayVisit, reason: string) {
    visits.delete(visit.visitId);
    ended.add(visit.visitId);
    const { hold } = visit;
    const hint = { rev: visit.rev + 1, stage: 'ended', hold, reason };
    toVisitor(visit, 'visit:stage', hint);
    toHolder(visit, 'visit:stage', hint);
  }

  function release(visit: RelayVisit, why: Release = 'counsellor_gone', unanswered = false) {
    visit.hold += 1;
    visit.was = visit.holder;
    visit.front = why;
    visit.unanswered = unanswered;
    visit.sealed = undefined;
    visit.keyOffer = undefined;
    visit.shareC = undefined;
    changed(visit, 'waiting', why);
    visit.holder = null;
  }

  function append(visit: RelayVisit, side: 'v' | 'c', frame: string, restoring: boolean): Ack<{ seq: number }> {
    const header = readHeader(frame);
    if (!header || header.visitId !== visit.visitId || header.side !== side) return refused('frame_bad');
    const key = `${side}${header.epoch}:${header.stream}`;
    const known = visit.streams.get(key) ?? { n: 0, seq: 0 };
    if (header.n <= known.n) return done({ seq: known.seq });
    const early = visit.stage === 'opening' && side === 'c' && header.type === 3;
    if (visit.stage !== 'talking' && !early) return refused('stage');
    if (header.epoch !== visit.epoch && !restoring) return refused('stale_epoch');
    if (header.n !== known.n + 1) return refused('out_of_order');
    visit.log.push({ frame, id: frameId(header), atMs: nowMs() });
    const seq = visit.log.length;
    visit.streams.set(key, { n: header.n, seq });
    const hint = { seq, frame, epoch: header.epoch };
    if (side === 'v') toHolder(visit, 'talk:frame', hint);
    else toVisitor(visit, 'talk:frame', hint);
    return done({ seq });
  }
  const restore = (visit: RelayVisit, side: 'v' | 'c', frames: string[]): Ack<{ seqs: number[] }> => {
    const seqs: number[] = [];
    for (const frame of frames) {
      const ack = append(visit, side, frame, true);
      if (!ack.ok) return ack;
      seqs.push(ack.value.seq);
    }
    return done({ seqs });
  };

  return { visits, ended, seats, toVisitor, toHolder, changed, end, release, append, restore };
}
