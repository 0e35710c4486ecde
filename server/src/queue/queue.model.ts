import type { StoreNeeds } from '../kernel/needs.ts';
import { asVisitor, isWord } from '../live/fences.ts';
import {
  aheadOf,
  changed,
  hintVisitor,
  inQueue,
  isOver,
  openWorld,
  staffed,
  tellVisitor,
  type World,
} from '../live/moves.ts';
import type { LiveState, VisitRecord } from '../live/record.ts';
import { seatsOf } from '../routing/routing.model.ts';
import { arrive } from '../visit/visit.model.ts';
import { inLine } from '../visit/visit.rules.ts';
import { countingSince, estimate, refusalOf, turnsIn, turnsWithout } from './queue.rules.ts';
import type { JoinInput, QueueStore } from './queue.store.ts';

/** What the definition of the store says about the line. Contract: queue.store.ts. */
// over 80 lines because the commands of one slice share its view of the live state
export function memoryQueue(live: LiveState, needs: StoreNeeds): QueueStore {
  const { limits } = needs;
  const world = () => openWorld(live, needs);
  const byTicket = () => [...live.visits.values()].filter(inQueue).toSorted((a, b) => a.ticket - b.ticket);
  const isPresent = (visit: VisitRecord) => inLine(visit) || visit.stage === 'offered';
  const present = () => byTicket().filter(isPresent);

  function refusal(w: World, input: JoinInput) {
    const { door, beyond = 0 } = input;
    const turns = turnsIn(seatsOf(w), w.now, w.rules.fallbackAfterMs);
    byTicket().forEach((visit) => turns.of(visit));
    const seconds = countingSince(live.handouts, door.openedMs);
    const range = estimate(turnsWithout(beyond, turns.ofNewcomer(input)), seconds, limits.handoutsMin, staffed(w));
    const { waitingMax, fullEstimateMs } = w.rules;
    return refusalOf({ door, waiting: present().length, beyond, waitingMax, range, fullEstimateMs });
  }

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
        w.freed = true;
        tellVisitor(w, visit, visit.stage);
      }
      return { is: 'here', ahead: aheadOf(w, visit), ...changed(w) };
    },

    async facts() {
      const w = world();
      const here = present();
      const turns = turnsIn(seatsOf(w), w.now, w.rules.fallbackAfterMs);
      return {
        handouts: [...live.handouts],
        staffed: staffed(w),
        places: byTicket().map((visit, ahead) => {
          const { visitId, conn } = visit;
          return { visitId, conn, ahead, turns: turns.of(visit), present: isPresent(visit) };
        }),
        turnsNow: turns.ofNewcomer(),
        waiting: here.length,
        longestMs: here.reduce((longest, { joinedMs }) => Math.max(longest, w.now - joinedMs), 0),
      };
    },

    async rows(rowsMax) {
      const { now } = world();
      return byTicket()
        .slice(0, rowsMax)
        .map(({ ticket, role, topic, lang, joinedMs, away, unanswered, stage }) => ({
          ticket,
          role,
          topic,
          lang,
          waitedMs: now - joinedMs,
          away: away !== 'no',
          unanswered,
          ringing: stage === 'offered',
        }));
    },
  };
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
