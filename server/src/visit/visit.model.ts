import type { StoreNeeds } from '../kernel/needs.ts';
import {
  aheadOf,
  changed,
  hintDesk,
  hintVisitor,
  inQueue,
  openWorld,
  remove,
  staffed,
  tellVisitor,
  type World,
} from '../live/moves.ts';
import type { LiveState, VisitRecord } from '../live/record.ts';
import { presented } from './visit.rules.ts';
import type { Attached, DeskFence, Fence, Fenced, StateOf, VisitorFence, VisitStore } from './visit.store.ts';

/** The visitor's fence: the newest socket of a known visit, as long as it has not closed. */
export function asVisitor({ live }: World, { visitId, conn }: VisitorFence): VisitRecord | Fenced {
  const visit = live.visits.get(visitId);
  if (!visit) return { is: 'lost' };
  return visit.conn === conn && visit.dropMs === 0 ? visit : { is: 'replaced' };
}

/** The counsellor's fence: first the seat, then the assignment, so that an older window learns nothing of visits. */
export function asDesk({ live }: World, { account, seat, visitId, hold }: DeskFence): VisitRecord | Fenced {
  if (live.desks.get(account)?.seat !== seat) return { is: 'replaced' };
  const visit = live.visits.get(visitId);
  if (!visit) return { is: 'lost' };
  return visit.holder === account && visit.hold === hold ? visit : { is: 'not_yours' };
}

/** A fence after a command took its own fields out; the spread loses which side it was, the value does not. */
export type Fenceable = Fence;

export const fenced = (w: World, fence: Fence): VisitRecord | Fenced =>
  fence.side === 'v' ? asVisitor(w, fence) : asDesk(w, fence);

/** A fence answers either a record or a word; records have no `is`. */
export const isWord = (found: VisitRecord | Fenced): found is Fenced => 'is' in found;

/** What the definition of the store says about stays. Contract: visit.store.ts. */
export function memoryVisit(live: LiveState, needs: StoreNeeds): VisitStore {
  const world = () => openWorld(live, needs);

  function takeUp(w: World, visit: VisitRecord): Attached {
    hintVisitor(w, visit, 'visit:replaced', null);
    arrive(w, visit);
    return { is: 'attached', conn: visit.conn, state: stateOf(w, visit), ...changed(w) };
  }

  return {
    async attach({ visitId, token, next }) {
      const w = world();
      const visit = live.visits.get(visitId);
      if (!visit) return { is: 'lost' };
      const tokens = presented(visit, token, next);
      if (!tokens) return { is: 'token_used' };
      Object.assign(visit, tokens);
      return takeUp(w, visit);
    },

    async reissue({ visitId, next }) {
      const w = world();
      const visit = live.visits.get(visitId);
      if (!visit) return { is: 'lost' };
      Object.assign(visit, { tok: next, tokPrev: '' });
      return takeUp(w, visit);
    },

    async drop(fence) {
      const w = world();
      const visit = asVisitor(w, fence);
      if (isWord(visit)) return { is: 'stale' };
      visit.dropMs = w.now;
      visit.seenMs = w.now;
      return { is: 'dropped' };
    },

    async unload({ visitId, token }) {
      const visit = live.visits.get(visitId);
      // the token before is that of a page which is there again already: its goodbye comes too late
      if (visit?.tok !== token) return { is: 'lost' };
      visit.unloaded = true;
      return { is: 'noted' };
    },

    async seen(sockets) {
      const w = world();
      for (const fence of sockets) {
        const visit = asVisitor(w, fence);
        if (!isWord(visit)) visit.seenMs = w.now;
      }
    },

    async state(fence) {
      const w = world();
      const visit = asVisitor(w, fence);
      return isWord(visit) ? visit : { is: 'state', state: stateOf(w, visit) };
    },

    async end(input) {
      const w = world();
      const visit = live.visits.get(input.visitId);
      if (input.by === 'desk' && live.desks.get(input.account)?.seat !== input.seat) return { is: 'replaced' };
      if (!visit) return { is: 'ended', ...changed(w) };
      if (input.by === 'visitor' && visit.conn !== input.conn) return { is: 'replaced' };
      if (input.by === 'token' && visit.tok !== input.token && visit.tokPrev !== input.token) return { is: 'replaced' };
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
  visit.dropMs = 0;
  visit.seenMs = w.now;
  visit.unloaded = false;
  if (visit.awayTold) {
    visit.awayTold = false;
    hintDesk(w, visit.holder, 'peer:back', { visitId: visit.visitId, rev: visit.rev });
  }
  if (visit.away !== 'dropped') return;
  visit.away = 'no';
  visit.rev += 1;
  w.freed = true;
  tellVisitor(w, visit, visit.stage);
}

export function stateOf(w: World, visit: VisitRecord): StateOf {
  const desk = visit.holder && w.live.desks.get(visit.holder);
  const { visitId, stage, away, rev, hold, epoch, keyOffer, shareV } = visit;
  return {
    visitId,
    stage,
    away,
    rev,
    hold,
    epoch,
    ...(inQueue(visit) && { ahead: aheadOf(w, visit) }),
    waitedMs: w.now - visit.joinedMs,
    ...(keyOffer && { keyOffer }),
    sealedSet: visit.sealed !== '',
    ...(desk && { peerAgeMs: w.now - desk.beatMs }),
    share: shareV,
    last: visit.seq,
    staffed: staffed(w),
  };
}
