import { createHash } from 'node:crypto';
import type { AccountId, EndReason, Release, Stage, VisitId } from '@clbchat/shared/ids';
import type { CounsellorHints, HeldVisit } from '@clbchat/shared/protocol/counsellor';
import type { VisitorHints } from '@clbchat/shared/protocol/visitor';
import { countersOf, hourOf } from '../figures/counting.rules.ts';
import type { StoreNeeds } from '../kernel/needs.ts';
import type { Hint, ToDesk, ToVisitor } from './hint.ts';
import { place, unplace } from './line.ts';
import { idleLeft, peerOf } from '../visit/visit.rules.ts';
import type { DeskRecord, LiveState, Lost, VisitRecord } from './record.ts';

/**
 * The moves that several commands of the memory store share: one visit or one desk changes place. A command is a
 * guard followed by moves; the Lua twins of these functions are server/src/live/*.lua. Nothing here refuses.
 */
export interface World extends StoreNeeds {
  live: LiveState;
  now: number;
  hints: Hint[];
  /** a place or a visitor became free: `match` may find something */
  freed: boolean;
}

export const openWorld = (live: LiveState, needs: StoreNeeds): World => ({
  live,
  ...needs,
  now: needs.clock.nowMs(),
  hints: [],
  freed: false,
});

export const changed = ({ hints, freed }: World): { hints: Hint[]; freed: boolean } => ({ hints, freed });

export const lost = ({ live }: World): Lost => ({ is: 'lost', life: live.life });

export const load = (desk: DeskRecord): number => desk.held.size + desk.rings.size;

/** A desk that is offline keeps its record; a lease that ran out makes it offline for everybody but itself. */
export const hasLease = ({ now, rules }: World, desk: DeskRecord): boolean =>
  desk.status !== 'offline' && now - desk.beatMs < rules.leaseMs;

/** Somebody sits there to whom visitors may come, now or later: not where her certificate ended [O68]. */
export const takesOn = (w: World, desk: DeskRecord): boolean => hasLease(w, desk) && desk.certExpMs > w.now;

/** Whether anybody works. */
export function staffed(w: World): boolean {
  for (const desk of w.live.desks.values()) if (takesOn(w, desk)) return true;
  return false;
}

/** May be offered something now [R3]. Slots are another question. */
export const answers = ({ now, limits }: World, desk: DeskRecord): boolean =>
  desk.status === 'available' && now - desk.beatMs <= limits.pulseLateMs && desk.certExpMs > now;

/** A hint for a socket of this process is given back, any other is posted to the process that has it [N70]. */
function tell(w: World, node: string, hint: Hint): void {
  if (node === (w.node ?? '')) w.hints.push(hint);
  else w.post?.(node, hint);
}

/** To the newest socket of a visit; to nobody while there is none. */
export function hintVisitor<E extends keyof VisitorHints>(
  w: World,
  { visitId, conn, dropMs, node }: VisitRecord,
  event: E,
  hint: VisitorHints[E],
): void {
  if (dropMs === 0 && conn > 0) tell(w, node, { to: 'visitor', visitId, conn, event, hint } as ToVisitor);
}

/** To the seat that acts at a desk; to nobody when there is no such desk. */
export function hintDesk<E extends keyof CounsellorHints>(
  w: World,
  account: AccountId | '',
  event: E,
  hint: CounsellorHints[E],
): void {
  const desk = account && w.live.desks.get(account);
  if (desk) tell(w, desk.node, { to: 'desk', account: desk.account, seat: desk.seat, event, hint } as ToDesk);
}

export function tellVisitor(w: World, visit: VisitRecord, stage: Stage | 'ended', reason?: EndReason): void {
  const { rev, hold } = visit;
  hintVisitor(w, visit, 'visit:stage', { rev, stage, hold, ...(reason && { reason }) });
}

function tellHolder(w: World, visit: VisitRecord, told: { stage: 'waiting'; released: Release } | Ended): void {
  const { visitId, rev, hold, holder } = visit;
  hintDesk(w, holder, 'visit:stage', { visitId, rev, hold, ...told });
}
type Ended = { stage: 'ended'; reason: EndReason };

/** Ends a ring at the counsellor where it is. The visit keeps its ticket and waits again. */
export function ringOff(w: World, visit: VisitRecord, why: CounsellorHints['offer:off']['why']): void {
  const account = visit.offerTo;
  leaveRing(w, visit);
  visit.stage = 'waiting';
  visit.offerTo = '';
  visit.offerByMs = 0;
  visit.rev += 1;
  place(w, visit);
  w.freed = true;
  tellVisitor(w, visit, 'waiting');
  hintDesk(w, account, 'offer:off', { offerNo: visit.offerNo, why });
}

function leaveRing(w: World, visit: VisitRecord): void {
  w.live.rings.delete(visit.offerNo);
  const desk = w.live.desks.get(visit.offerTo as AccountId);
  if (desk?.rings.delete(visit.visitId)) idle(w, desk);
}

function leaveDesk(w: World, visit: VisitRecord): void {
  const desk = w.live.desks.get(visit.holder as AccountId);
  if (desk?.held.delete(visit.visitId)) idle(w, desk);
}

function idle(w: World, desk: DeskRecord): void {
  if (load(desk) === 0) desk.idleSinceMs = w.now;
}

/** All rings of a desk that may not ring any more, or only those beyond its slots. Never a miss. */
export function withdrawRings(w: World, desk: DeskRecord, beyond = 0): void {
  const rings = [...desk.rings].toReversed(); // the youngest go first
  for (const visitId of rings) {
    if (beyond > 0 && load(desk) <= beyond) return;
    ringOff(w, w.live.visits.get(visitId)!, 'withdrawn');
  }
}

/** This account is not asked again for a while. The oldest entry goes when the list is full. */
export function noteTried(w: World, visit: VisitRecord, account: AccountId): void {
  const others = visit.tried.filter((entry) => entry.account !== account && entry.untilMs > w.now);
  visit.tried = [...others, { account, untilMs: w.now + w.limits.triedForMs }].slice(-w.limits.triedMax);
}

/** From a ring or from the line to a desk: accepted, the first key not confirmed yet. */
export function toOpening(w: World, visit: VisitRecord, desk: DeskRecord): void {
  w.live.rings.delete(visit.offerNo);
  desk.rings.delete(visit.visitId);
  desk.held.add(visit.visitId);
  desk.misses = 0;
  visit.stage = 'opening';
  visit.offerTo = '';
  visit.offerByMs = 0;
  visit.holder = desk.account;
  visit.hold += 1;
  visit.openByMs = w.now + w.rules.openingMs;
  visit.handedMs = w.now;
  visit.notBeforeMs = 0;
  visit.silentTold = false;
  visit.awayTold = false;
  visit.rev += 1;
  place(w, visit);
  tellVisitor(w, visit, 'opening');
}

/**
 * Takes a visit from its counsellor and puts it back at the front with its first ticket: the fence moves on, and the
 * counsellor's half of the split key and everything about the open epoch goes in the same step [R6 A20].
 *
 * @param unanswered the visitor owes an answer, and is offered to nobody before it [Q7]
 */
export function toFront(w: World, visit: VisitRecord, why: Release, unanswered = false): void {
  visit.hold += 1;
  visit.rev += 1;
  tellHolder(w, visit, { stage: 'waiting', released: why });
  leaveDesk(w, visit);
  noteLetGo(w, visit);
  visit.stage = 'waiting';
  visit.was = visit.holder;
  visit.front = why;
  visit.unanswered = unanswered;
  visit.holder = '';
  visit.openByMs = 0;
  visit.shareC = null;
  visit.sealed = '';
  visit.keyOffer = '';
  visit.keyWanted = 0;
  visit.silentTold = false;
  if (visit.dropMs > 0 || visit.awayTold || visit.unloaded) visit.away = 'dropped'; // no tick has to find that out first
  place(w, visit);
  w.freed = true;
  tellVisitor(w, visit, 'waiting');
}

/** Only whoever had it last learns of it from her desk's state. */
function noteLetGo({ live }: World, { visitId, was, holder }: VisitRecord): void {
  if (was) live.desks.get(was)?.letGo.delete(visitId);
  if (holder) live.desks.get(holder)?.letGo.add(visitId);
}

/** An opening ended without a key that works: after the second in a row others go first [Q12]. */
export function noteMissed(w: World, visit: VisitRecord): void {
  if (visit.openingMissed) toBack(w, visit);
  visit.openingMissed = true;
}

/** A new ticket, behind everybody who has one: its first one is nobody's any more [Q12]. */
function toBack({ live }: World, visit: VisitRecord): void {
  visit.firstTicket ||= visit.ticket;
  visit.ticket = ++live.ticketCounter;
}

/** The end: nothing with the visit's id stays in the store [V4]. A counsellor who talked rests until ready. */
export function remove(w: World, visit: VisitRecord, reason: EndReason): void {
  visit.rev += 1;
  tellVisitor(w, visit, 'ended', reason);
  tellHolder(w, visit, { stage: 'ended', reason });
  if (visit.stage === 'offered') {
    leaveRing(w, visit);
    hintDesk(w, visit.offerTo, 'offer:off', { offerNo: visit.offerNo, why: 'left' });
  }
  leaveDesk(w, visit);
  const desk = visit.holder && w.live.desks.get(visit.holder);
  if (desk && visit.stage === 'talking' && w.rules.wrapUp) rest(w, desk);
  for (const [requestId, take] of w.live.takes) if (take.visitId === visit.visitId) w.live.takes.delete(requestId);
  w.live.visits.delete(visit.visitId);
  unplace(w, visit.visitId);
  if (visit.was) w.live.desks.get(visit.was)?.letGo.delete(visit.visitId);
  noteOver(w, visit);
  noteSums(w, visit);
  w.freed = true;
}

/** Counted once and whole, in the step that ends it; who comes late counts in the first hour that nobody has read yet [F1 F2]. */
function noteSums({ live: { sums }, now }: World, visit: VisitRecord): void {
  const hour = Math.max(hourOf(now), sums.closed + 1);
  const counts = sums.hours.get(hour) ?? new Map<string, number>();
  sums.hours.set(hour, counts);
  for (const name of countersOf(visit, now)) counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** Nothing leads back from it to the id, or to whoever had the visit. */
const overName = (visitId: VisitId): string => createHash('sha1').update(visitId).digest('hex');

/** No proof of it joins again for as long as a visit may last [L2]. The oldest goes when there are too many. */
function noteOver({ live, now, limits }: World, { visitId }: VisitRecord): void {
  const name = overName(visitId);
  live.over.delete(name);
  live.over.set(name, now + limits.visitMs); // behind all others, which go before it
  const [oldest] = live.over.keys();
  if (live.over.size > limits.overKeptMax && oldest !== undefined) live.over.delete(oldest);
}

export const isOver = ({ live, now }: World, visitId: VisitId): boolean =>
  (live.over.get(overName(visitId)) ?? 0) > now;

/** Wrap-up after a conversation: other rings are withdrawn, conversations stay. */
function rest(w: World, desk: DeskRecord): void {
  if (desk.status !== 'available') return;
  desk.status = 'wrap-up';
  withdrawRings(w, desk);
  tellDesk(w, desk, 'status');
}

export function tellDesk(w: World, desk: DeskRecord, why: CounsellorHints['desk:changed']['why']): void {
  hintDesk(w, desk.account, 'desk:changed', { why });
}

export function heldView({ now, rules }: World, visit: VisitRecord): HeldVisit {
  const { visitId, stage, hold, rev, epoch, epochNext, keyWanted, vnonce, role, topic, lang } = visit;
  return {
    visitId,
    stage,
    hold,
    rev,
    epoch,
    epochNext,
    keyWanted,
    ...(visit.sealed && { sealed: visit.sealed }),
    ...(visit.shareC && { share: visit.shareC }),
    vnonce,
    role,
    topic,
    lang,
    waitedMs: visit.handedMs - visit.joinedMs,
    ...(visit.talkedMs > 0 && { talkedMs: now - visit.talkedMs }),
    ...idleLeft(visit, now, rules),
    peer: peerOf(visit),
    last: visit.seq,
  };
}
