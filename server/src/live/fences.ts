import type { AccountId, VisitId } from '@clbchat/shared/ids';
import { lost, type World } from './moves.ts';
import type { DeskRecord, Lost, VisitRecord } from './record.ts';

/** The visitor's side of a command: the newest socket of the visit, and no other [R6 L4]. */
export interface VisitorFence {
  visitId: VisitId;
  conn: number;
}
/** The console that acts for an account, and no other. */
export interface DeskSeat {
  account: AccountId;
  seat: number;
}
/** The counsellor's side: the seat of the desk, and the number of this assignment [R6]. */
export interface DeskFence extends DeskSeat {
  visitId: VisitId;
  hold: number;
}
export type Fence = ({ side: 'v' } & VisitorFence) | ({ side: 'c' } & DeskFence);

/**
 * Why a fence does not fit, one word for one cause [V10]. Nothing was written. `replaced`: a newer socket or console has
 * it; `not_yours`: another assignment; `lost`: the store knows no such visit, or no such desk.
 */
export type Seated = { is: 'replaced' } | Lost;
export type Fenced = Seated | { is: 'not_yours' };

/** A fence answers either a record or a word; records have no `is`. */
export const isWord = <Word extends Fenced>(found: VisitRecord | DeskRecord | Word): found is Word => 'is' in found;

/** The visitor's fence: the newest socket of a known visit, as long as it has not closed. */
export function asVisitor(w: World, { visitId, conn }: VisitorFence): VisitRecord | Seated {
  const visit = w.live.visits.get(visitId);
  if (!visit) return lost(w);
  return visit.conn === conn && visit.dropMs === 0 ? visit : { is: 'replaced' };
}

/** The seat's fence. */
export function atDesk(w: World, { account, seat }: DeskSeat): DeskRecord | Seated {
  const desk = w.live.desks.get(account);
  if (!desk) return lost(w);
  return desk.seat === seat ? desk : { is: 'replaced' };
}

/** The counsellor's fence: first the seat, then the assignment, so that an older window learns nothing of visits. */
export function asDesk(w: World, fence: DeskFence): VisitRecord | Fenced {
  const desk = atDesk(w, fence);
  if (isWord(desk)) return desk;
  const visit = w.live.visits.get(fence.visitId);
  if (!visit) return lost(w);
  return visit.holder === fence.account && visit.hold === fence.hold ? visit : { is: 'not_yours' };
}

export const fenced = (w: World, fence: Fence): VisitRecord | Fenced =>
  fence.side === 'v' ? asVisitor(w, fence) : asDesk(w, fence);
