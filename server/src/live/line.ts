import type { VisitId } from '@clbchat/shared/ids';
import type { StoreNeeds } from '../kernel/needs.ts';
import { dueOf, inLine, inQueue } from '../visit/visit.rules.ts';
import { above, countBelow, put, remove, upTo } from './ranked.ts';
import type { LiveState, VisitRecord } from './record.ts';

/**
 * Where visits stand, kept beside them, so that nobody has to look at all of them. Twins of `place`, `note_due` and
 * what reads them in live/moves.lua.
 */

/** The part of a command that these need. */
type At = Pick<StoreNeeds, 'limits' | 'rules'> & { live: LiveState; now: number };

/** The queue has who waits, is away or rings; the line only who waits, is present and owes no answer. */
export function place(w: At, visit: VisitRecord): void {
  const { queue, line } = w.live;
  if (inQueue(visit)) put(queue, visit.visitId, visit.ticket);
  else remove(queue, visit.visitId);
  if (inLine(visit)) put(line, visit.visitId, visit.ticket);
  else remove(line, visit.visitId);
  noteDue(w, visit);
}

/** When the tick has to look at who waits; at a desk and while it rings it does so each time. */
export function noteDue({ live, now, limits, rules }: At, visit: VisitRecord, graceUntilMs = 0): void {
  if (visit.stage !== 'waiting') return remove(live.due, visit.visitId);
  put(live.due, visit.visitId, dueOf(visit, now, graceUntilMs, limits, rules));
}

export function unplace({ live }: At, visitId: VisitId): void {
  for (const ranked of [live.queue, live.line, live.due]) remove(ranked, visitId);
}

export const dueNow = ({ live, now }: At, most: number): VisitId[] => upTo(live.due, now, most);

/** Visits in front of this one: with a smaller ticket and not yet at a desk, away ones included [Q2]. */
export const aheadOf = ({ live }: At, { ticket }: VisitRecord): number => countBelow(live.queue, ticket);

/** Of the queue or of the line, from behind this ticket on, smallest first. Whoever was given last may be moved meanwhile. */
export function* waiting({ live }: At, which: 'queue' | 'line', after?: number): Generator<VisitRecord, undefined> {
  for (const { name } of above(live[which], after)) yield live.visits.get(name)!;
  return undefined;
}

/** In the line or ringing: who is away or owes an answer fills nothing. */
export const presentCount = ({ live }: At): number => live.line.scores.size + live.rings.size;

/**
 * Whether somebody who came later stands before it: then its place was not kept [Q12]. They stand between the ticket that it
 * came with and the one that it has; only a few are looked at, since also there stands who came earlier and lost its place too.
 */
export function isPassed(w: At, { ticket, firstTicket, joinedMs }: VisitRecord): boolean {
  if (firstTicket === 0) return false;
  let looks = 0;
  for (const other of waiting(w, 'queue', firstTicket)) {
    if (other.ticket >= ticket || looks === w.limits.passedLooksMax) return false;
    if (other.joinedMs > joinedMs) return true;
    looks += 1;
  }
  return false;
}
