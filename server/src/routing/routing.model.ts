import type { StoreNeeds } from '../kernel/needs.ts';
import { asDesk, atDesk, isWord } from '../live/fences.ts';
import { place, waiting } from '../live/line.ts';
import {
  answers,
  changed,
  hasLease,
  heldView,
  hintDesk,
  load,
  noteTried,
  openWorld,
  noteMissed,
  ringOff,
  takesOn,
  toFront,
  toOpening,
  type World,
} from '../live/moves.ts';
import type { DeskRecord, LiveState, VisitRecord } from '../live/record.ts';
import { inLine, peerOf } from '../visit/visit.rules.ts';
import { choose, covers, freeFor, hasRoom, type Seat } from './routing.rules.ts';
import type { RoutingStore } from './routing.store.ts';

/** What the definition of the store says about who gets whom. Contract: routing.store.ts. */
// over 80 lines because the commands of one slice share its view of the live state
export function memoryRouting(live: LiveState, needs: StoreNeeds): RoutingStore {
  const { limits } = needs;
  const world = () => openWorld(live, needs);
  /** in the order in which they began to ring */
  const ringingAt = (desk: DeskRecord) => [...desk.rings].map((visitId) => live.visits.get(visitId)!);

  return {
    async match() {
      const w = world();
      if (w.rules.routing === 'picked') return { offers: 0, more: false, ...changed(w) };
      let offers = 0;
      const seats = seatsOf(w);
      for (const visit of waiting(w, 'line')) {
        if (!seats.some(hasRoom)) break;
        const seat = seatFor(w, visit, seats);
        if (!seat) continue;
        if (offers === limits.offersPerMatchMax) return { offers, more: true, ...changed(w) };
        ring(w, visit, seat);
        offers += 1;
      }
      return { offers, more: false, ...changed(w) };
    },

    async accept({ offerNo, ...seat }) {
      const w = world();
      const desk = atDesk(w, seat);
      if (isWord(desk)) return desk;
      const again = [...desk.held].map((visitId) => live.visits.get(visitId)!).find((held) => held.offerNo === offerNo);
      if (again) return { is: 'accepted', visit: heldView(w, again), ...changed(w) };
      const visit = live.visits.get(live.rings.get(offerNo)!);
      if (visit?.offerTo !== desk.account) return { is: 'gone' };
      if (desk.certExpMs <= w.now) return { is: 'no_cert' };
      if (!hasLease(w, desk)) return { is: 'not_available' };
      toOpening(w, visit, desk);
      return { is: 'accepted', visit: heldView(w, visit), ...changed(w) };
    },

    async decline({ offerNo, ...seat }) {
      const w = world();
      const desk = atDesk(w, seat);
      if (isWord(desk)) return desk;
      const visit = live.visits.get(live.rings.get(offerNo)!);
      if (visit?.offerTo !== desk.account) return { is: 'gone' };
      ringOff(w, visit, 'withdrawn');
      noteTried(w, visit, desk.account);
      desk.misses = 0;
      return { is: 'declined', ...changed(w) };
    },

    async take({ ticket, requestId, ...seat }) {
      const w = world();
      const desk = atDesk(w, seat);
      if (isWord(desk)) return desk;
      const before = live.takes.get(requestId);
      const held = before && before.untilMs > w.now && live.visits.get(before.visitId);
      if (held && held.holder === desk.account) return { is: 'taken_over', visit: heldView(w, held), ...changed(w) };
      if (desk.certExpMs <= w.now) return { is: 'no_cert' };
      if (desk.status !== 'available' || !hasLease(w, desk)) return { is: 'not_available' };
      const wanted = (each: VisitRecord) => ticket === 'next' || each.ticket === ticket;
      const rings = ringingAt(desk).find(wanted);
      if (!rings && load(desk) >= desk.slots) return { is: 'no_slot' };
      const visit = rings ?? (ticket === 'next' ? nextFor(w, desk) : inLineBy(w, ticket));
      if (!visit && ticket === 'next') return { is: 'nobody_waiting' };
      if (!visit) {
        return { is: inQueueBy(w, ticket as number)?.stage === 'waiting' ? 'not_ready' : 'taken' };
      }
      if (!rings) visit.offerNo = ++live.offerCounter; // that rang nowhere: no earlier ring may be accepted for it
      toOpening(w, visit, desk);
      live.takes.set(requestId, {
        account: desk.account,
        visitId: visit.visitId,
        untilMs: w.now + limits.requestReplayMs,
      });
      return { is: 'taken_over', visit: heldView(w, visit), ...changed(w) };
    },

    async release({ why, ...fence }) {
      const w = world();
      const visit = asDesk(w, fence);
      if (isWord(visit)) return visit;
      if (why === 'visitor_away') {
        const agreed = visit.stage !== 'opening' || visit.sealed !== '';
        if (agreed || peerOf(visit) === 'here') return { is: 'not_away' };
        noteMissed(w, visit);
      }
      noteTried(w, visit, fence.account);
      toFront(w, visit, why);
      return { is: 'released', ...changed(w) };
    },
  };
}

/** Who has this ticket, unless it is at a desk. */
function inQueueBy(w: World, ticket: number): VisitRecord | undefined {
  const first = waiting(w, 'queue', ticket - 1).next().value;
  return first?.ticket === ticket ? first : undefined;
}

/** Who waits longest of whom she serves, or has waited for so long that all do; where there is none near the front, who waits longest [R13]. */
function nextFor(w: World, { serves }: DeskRecord): VisitRecord | undefined {
  let first: VisitRecord | undefined;
  let looks = 0;
  for (const visit of waiting(w, 'line')) {
    if (covers(serves, visit) || w.now - visit.joinedMs >= w.rules.fallbackAfterMs) return visit;
    first ??= visit;
    if (++looks === w.limits.nextLooksMax) break;
  }
  return first;
}

function inLineBy(w: World, ticket: number): VisitRecord | undefined {
  const visit = inQueueBy(w, ticket);
  return visit && inLine(visit) ? visit : undefined;
}

/** Every desk, as a visit sees it that looks for one. */
export const seatsOf = (w: World): Seat[] =>
  [...w.live.desks.values()].map((desk) => ({
    account: desk.account,
    serves: desk.serves,
    slots: desk.slots,
    load: load(desk),
    idleSinceMs: desk.idleSinceMs,
    works: takesOn(w, desk) && (desk.status === 'available' || desk.held.size > 0),
    answers: answers(w, desk),
  }));

/**
 * The counsellor for whom this visit rings now. When everybody who may serve it has been tried, it rings nobody for
 * a while and then starts afresh, so that it neither rings without end nor waits for ever [A25].
 */
function seatFor(w: World, visit: VisitRecord, seats: readonly Seat[]): Seat | undefined {
  const { now, limits, rules } = w;
  const free = freeFor(seats, visit, now - visit.joinedMs, rules.fallbackAfterMs);
  if (free.length === 0) return undefined;
  const tried = visit.tried.filter(({ untilMs }) => untilMs > now);
  let left = free.filter(({ account }) => !tried.some((entry) => entry.account === account));
  if (left.length === 0 && visit.notBeforeMs === 0) visit.notBeforeMs = now + limits.triedAllForMs;
  if (left.length === 0 && visit.notBeforeMs > now) return undefined;
  if (left.length === 0) {
    visit.tried = [];
    left = free;
  }
  visit.notBeforeMs = 0;
  return choose(left, visit.was);
}

/** @param seat of one round: it counts what rings there by then */
function ring(w: World, visit: VisitRecord, seat: Seat): void {
  const { live, now, rules } = w;
  const desk = live.desks.get(seat.account)!;
  seat.load += 1;
  visit.stage = 'offered';
  visit.offerTo = desk.account;
  visit.offerNo = ++live.offerCounter;
  visit.offerByMs = now + rules.offerRingMs;
  visit.rev += 1;
  live.rings.set(visit.offerNo, visit.visitId);
  desk.rings.add(visit.visitId);
  place(w, visit);
  const { offerNo, role, topic, lang, joinedMs } = visit;
  const leftMs = rules.offerRingMs;
  hintDesk(w, desk.account, 'offer:ring', { offerNo, role, topic, lang, waitedMs: now - joinedMs, leftMs });
}
