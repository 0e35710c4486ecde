import type { StoreNeeds } from '../kernel/needs.ts';
import { asVisitor, isWord } from '../live/fences.ts';
import { aheadOf, place, presentCount, waiting } from '../live/line.ts';
import { changed, hintVisitor, isOver, openWorld, staffed, tellVisitor, type World } from '../live/moves.ts';
import { countBelow } from '../live/ranked.ts';
import type { LiveState, VisitRecord } from '../live/record.ts';
import { seatsOf } from '../routing/routing.model.ts';
import type { Wish } from '../routing/routing.rules.ts';
import { arrive } from '../visit/visit.model.ts';
import { inLine, inQueue } from '../visit/visit.rules.ts';
import { countingSince, estimate, refusalOf, turnsIn, turnsWithout } from './queue.rules.ts';
import type { JoinInput, Place, Places, QueueStore } from './queue.store.ts';

/** What the definition of the store says about the line. Contract: queue.store.ts. */
// over 80 lines because the commands of one slice share its view of the live state
export function memoryQueue(live: LiveState, needs: StoreNeeds): QueueStore {
  const { limits, node: own = '' } = needs;
  const world = () => openWorld(live, needs);

  /** Where visits stand, asked in the order of tickets: the line is walked no further than somebody is free. */
  function standing(w: World) {
    const turns = turnsIn(seatsOf(w), w.now, w.rules.fallbackAfterMs);
    let walked = 0;
    let last = -Infinity;
    /** @returns how many of the line before this ticket were not walked */
    function walkTo(ticket: number): number {
      if (turns.anybodyFree())
        for (const visit of waiting(w, 'line', last)) {
          if (visit.ticket >= ticket || !turns.anybodyFree()) break;
          turns.of(visit);
          walked += 1;
          last = visit.ticket;
        }
      return countBelow(live.line, ticket) - walked;
    }
    return {
      placeOf(visit: VisitRecord): Place {
        const { visitId, conn, ticket, stage } = visit;
        const turnsLeft = turns.at(visit, walkTo(ticket));
        return {
          visitId,
          conn,
          here: visit.node === own,
          ahead: aheadOf(w, visit),
          turns: turnsLeft,
          present: stage === 'offered' || inLine(visit),
        };
      },
      turnsOfNewcomer: (wish?: Wish) => {
        const uncounted = walkTo(Infinity);
        return turns.ofNewcomer(wish, uncounted);
      },
    };
  }

  const toldMs = limits.seenEveryMs + limits.seenLateMs;
  function beyondElsewhere(now: number): number {
    let sum = 0;
    for (const [node, { beyond, untilMs }] of live.beyond) {
      // what was told for longer than anybody may tell it is of a clock that went wrong
      const counts = untilMs > now && untilMs <= now + toldMs + limits.clockSkewMsMax;
      if (node !== own && counts) sum += beyond;
    }
    return sum;
  }

  function refusal(w: World, input: JoinInput) {
    const { door } = input;
    const beyond = (input.beyond ?? 0) + beyondElsewhere(w.now);
    const turns = turnsWithout(beyond, standing(w).turnsOfNewcomer(input));
    const range = estimate(turns, countingSince(live.handouts, door.openedMs), limits.handoutsMin, staffed(w));
    const { waitingMax, fullEstimateMs } = w.rules;
    return refusalOf({ door, waiting: presentCount(w), beyond, waitingMax, range, fullEstimateMs });
  }

  const placesIn = (w: World, places: Place[]): Places => ({
    handouts: [...live.handouts],
    staffed: staffed(w),
    places,
  });

  return {
    async join(input) {
      const w = world();
      const known = live.visits.get(input.visitId);
      if (known && known.first !== input.first) return { is: 'not_yours' };
      if (known && known.tok !== input.first) return { is: 'token_used' };
      if (!known) {
        const no = refusal(w, input);
        if (no) return { is: no };
        if (isOver(w, input.visitId)) return { is: 'token_used' };
      }
      const visit = known ?? newVisit(input, ++live.ticketCounter, w.now);
      if (known) hintVisitor(w, known, 'visit:replaced', null);
      live.visits.set(visit.visitId, visit);
      place(w, visit);
      arrive(w, visit);
      w.freed = true;
      const { conn, stage, ticket } = visit;
      return { is: 'joined', conn, life: live.life, stage, ticket, ahead: aheadOf(w, visit), ...changed(w) };
    },

    async here(fence) {
      const w = world();
      const visit = asVisitor(w, fence);
      if (isWord(visit)) return visit;
      if (visit.stage === 'talking') {
        visit.lastTextMs = w.now;
        visit.idleTold = false;
        return { is: 'here', ahead: aheadOf(w, visit), ...changed(w) };
      }
      if (!inQueue(visit)) return { is: 'stage' };
      if (visit.away !== 'no' || visit.unanswered) {
        visit.away = 'no';
        visit.unanswered = false;
        visit.rev += 1;
        place(w, visit);
        w.freed = true;
        tellVisitor(w, visit, visit.stage);
      }
      return { is: 'here', ahead: aheadOf(w, visit), ...changed(w) };
    },

    async tell(beyond, forMs = toldMs) {
      if (beyond > 0) live.beyond.set(own, { beyond, untilMs: needs.clock.nowMs() + forMs });
      else live.beyond.delete(own);
    },

    async facts() {
      const w = world();
      const stands = standing(w);
      const places = first(waiting(w, 'queue'), limits.exactPlaces).map(stands.placeOf);
      const ringing = [...live.rings.values()].map((visitId) => live.visits.get(visitId)!);
      const served = [...first(waiting(w, 'line'), 1), ...ringing];
      return {
        ...placesIn(w, places),
        turnsNow: stands.turnsOfNewcomer(),
        waiting: presentCount(w),
        longestMs: served.reduce((longest, { joinedMs }) => Math.max(longest, w.now - joinedMs), 0),
        beyondElsewhere: beyondElsewhere(w.now),
      };
    },

    async places(visitIds) {
      const w = world();
      const stands = standing(w);
      const asked = visitIds.flatMap((visitId) => live.visits.get(visitId) ?? []).filter(inQueue);
      return placesIn(w, asked.toSorted((a, b) => a.ticket - b.ticket).map(stands.placeOf));
    },

    async rows(rowsMax) {
      const w = world();
      return first(waiting(w, 'queue'), rowsMax).map(
        ({ ticket, role, topic, lang, joinedMs, away, unanswered, stage }) => ({
          ticket,
          role,
          topic,
          lang,
          waitedMs: w.now - joinedMs,
          away: away !== 'no',
          unanswered,
          ringing: stage === 'offered',
        }),
      );
    },
  };
}

/** So many at most. */
function first<T>(all: Iterable<T>, most: number): T[] {
  const list: T[] = [];
  for (const one of all) {
    if (list.length === most) break;
    list.push(one);
  }
  return list;
}

function newVisit(
  { visitId, role, topic, lang, first, vnonce, share }: JoinInput,
  ticket: number,
  now: number,
): VisitRecord {
  // one literal without spreads, so that all records have one shape in the engine: whatever reads many is ten times faster
  return {
    visitId,
    stage: 'waiting',
    away: 'no',
    unanswered: false,
    ticket,
    firstTicket: 0,
    role,
    topic,
    lang,
    vnonce,
    joinedMs: now,
    first,
    tok: first,
    tokPrev: '',
    conn: now,
    node: '',
    dropMs: 0,
    seenMs: now,
    unloaded: false,
    holder: '',
    hold: 0,
    was: '',
    front: '',
    offerTo: '',
    offerNo: 0,
    offerByMs: 0,
    notBeforeMs: 0,
    tried: [],
    openByMs: 0,
    handedMs: 0,
    openingMissed: false,
    refusals: 0,
    talkedMs: 0,
    lastTextMs: 0,
    idleTold: false,
    silentTold: false,
    awayTold: false,
    epoch: 0,
    epochNext: 1,
    keyWanted: 0,
    keyAskedMs: 0,
    keyOffer: '',
    sealed: '',
    shareV: share,
    shareC: null,
    rev: 1,
    seq: 0,
    streams: new Map(),
    frames: [],
  };
}
