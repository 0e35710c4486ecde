import type { StoreNeeds } from '../kernel/needs.ts';
import { asVisitor, atDesk, isWord, type VisitorFence } from '../live/fences.ts';
import { aheadOf, isPassed, noteDue, place } from '../live/line.ts';
import {
  changed,
  hintDesk,
  hintVisitor,
  lost,
  openWorld,
  remove,
  staffed,
  tellVisitor,
  type World,
} from '../live/moves.ts';
import type { LiveState, VisitRecord } from '../live/record.ts';
import { idleLeft, inQueue, isKeptOut, isLate, presented } from './visit.rules.ts';
import type { Attached, StateOf, VisitStore } from './visit.store.ts';

/** What the definition of the store says about stays. Contract: visit.store.ts. */
// over 80 lines because the commands of one slice share its view of the live state
export function memoryVisit(live: LiveState, needs: StoreNeeds): VisitStore {
  const world = () => openWorld(live, needs);

  function takeUp(w: World, visit: VisitRecord): Attached {
    hintVisitor(w, visit, 'visit:replaced', null);
    arrive(w, visit);
    return { is: 'attached', conn: visit.conn, state: stateOf(w, visit), ...changed(w) };
  }

  return {
    async attach({ visitId, token, next, short }) {
      const w = world();
      const visit = live.visits.get(visitId);
      if (!visit) return lost(w);
      const tokens = presented(visit, token, next);
      if (!tokens || isLate(visit, next)) return { is: 'token_used' };
      if (isKeptOut(visit, w.node ?? '', short)) return { is: 'full_house' };
      Object.assign(visit, tokens);
      return takeUp(w, visit);
    },

    async reissue({ visitId, next, short }) {
      const w = world();
      const visit = live.visits.get(visitId);
      if (!visit) return lost(w);
      if (isLate(visit, next)) return { is: 'token_used' };
      if (isKeptOut(visit, w.node ?? '', short)) return { is: 'full_house' };
      Object.assign(visit, { tok: next, tokPrev: '' });
      return takeUp(w, visit);
    },

    async drop(fence) {
      const w = world();
      const visit = asVisitor(w, fence);
      if (isWord(visit)) return { is: 'stale' };
      visit.dropMs = w.now;
      visit.seenMs = w.now;
      noteDue(w, visit);
      return { is: 'dropped' };
    },

    async unload({ visitId, token }) {
      const w = world();
      const visit = live.visits.get(visitId);
      if (!visit) return lost(w);
      // the token before is that of a page which is there again already: its goodbye comes too late
      if (visit.tok !== token) return { is: 'token_used' };
      visit.unloaded = true;
      noteDue(w, visit);
      return { is: 'noted' };
    },

    async seen(sockets) {
      const w = world();
      const held: VisitorFence[] = [];
      for (const fence of sockets) {
        const visit = asVisitor(w, fence);
        if (isWord(visit)) continue;
        visit.seenMs = w.now;
        noteDue(w, visit);
        if (!inQueue(visit)) held.push({ visitId: fence.visitId, conn: fence.conn });
      }
      return { atDesk: held };
    },

    async state(fence) {
      const w = world();
      const visit = asVisitor(w, fence);
      return isWord(visit) ? visit : { is: 'state', state: stateOf(w, visit) };
    },

    async end(input) {
      const w = world();
      const visit = live.visits.get(input.visitId);
      if (input.by === 'desk') {
        const desk = atDesk(w, input);
        if (isWord(desk)) return desk;
      }
      if (!visit) return { is: 'ended', ...changed(w) };
      if (input.by === 'visitor' && visit.conn !== input.conn) return { is: 'replaced' };
      if (input.by === 'token' && visit.tok !== input.token && visit.tokPrev !== input.token)
        return { is: 'token_used' };
      if (input.by === 'desk' && (visit.holder !== input.account || visit.hold !== input.hold))
        return { is: 'not_yours' };
      remove(w, visit, input.reason);
      return { is: 'ended', ...changed(w) };
    },
  };
}

/** A socket is there again: the older one is fenced off, and who was away for lack of one is back in its line. */
export function arrive(w: World, visit: VisitRecord): void {
  visit.conn += 1;
  visit.node = w.node ?? '';
  visit.dropMs = 0;
  visit.seenMs = w.now;
  visit.unloaded = false;
  if (visit.awayTold) {
    visit.awayTold = false;
    hintDesk(w, visit.holder, 'peer:back', { visitId: visit.visitId, rev: visit.rev });
  }
  if (visit.away !== 'dropped') return noteDue(w, visit);
  visit.away = 'no';
  visit.rev += 1;
  place(w, visit);
  w.freed = true;
  tellVisitor(w, visit, visit.stage);
}

export function stateOf(w: World, visit: VisitRecord): StateOf {
  const desk = visit.holder && w.live.desks.get(visit.holder);
  const { visitId, stage, away, unanswered, rev, hold, epoch, keyOffer, shareV } = visit;
  return {
    visitId,
    life: w.live.life,
    stage,
    away,
    unanswered,
    front: inQueue(visit) ? visit.front || null : null,
    ...(inQueue(visit) && isPassed(w, visit) && { passed: true as const }),
    rev,
    hold,
    epoch,
    ...(inQueue(visit) && { ahead: aheadOf(w, visit) }),
    waitedMs: w.now - visit.joinedMs,
    ...(keyOffer && { keyOffer }),
    sealedSet: visit.sealed !== '',
    ...(desk && { peerAgeMs: w.now - desk.beatMs }),
    ...idleLeft(visit, w.now, w.rules),
    share: shareV,
    last: visit.seq,
    staffed: staffed(w),
  };
}
