import type { StoreNeeds } from '../kernel/needs.ts';
import { asDesk, asVisitor, fenced, isWord, type Fence } from '../live/fences.ts';
import {
  changed,
  hintDesk,
  hintVisitor,
  noteTried,
  openWorld,
  remove,
  tellVisitor,
  toFront,
  type World,
} from '../live/moves.ts';
import type { LiveState, VisitRecord } from '../live/record.ts';
import { handoutAt } from '../queue/queue.rules.ts';
import type { ConversationStore } from './conversation.store.ts';

type Keys = Pick<ConversationStore, 'keyOffer' | 'keySeal' | 'keyShare' | 'keyAsk' | 'keyRefuse' | 'keyOpened'>;

/** At a desk: the only stages in which keys are agreed. */
export const atADesk = ({ stage }: VisitRecord): boolean => stage === 'opening' || stage === 'talking';

/** What the definition of the store says about keys. Contract: conversation.store.ts. */
// over 80 lines because it is the commands of one contract, one after the other
export function memoryKeys(live: LiveState, needs: StoreNeeds): Keys {
  const { limits } = needs;
  const world = () => openWorld(live, needs);

  return {
    async keyOffer({ epoch, keyOffer, ...fence }) {
      const w = world();
      const visit = asDesk(w, fence);
      if (isWord(visit)) return visit;
      if (!atADesk(visit)) return { is: 'stage' };
      if (epoch === visit.epoch && keyOffer === visit.keyOffer) return { is: 'offered', ...changed(w) }; // again [V7]
      // who talks goes on talking after that end: a page of either side that was lost needs another key [O46]
      if (visit.stage === 'opening' && live.desks.get(fence.account)!.certExpMs <= w.now) return { is: 'no_cert' };
      if (epoch !== visit.epochNext) return { is: 'stale_epoch' };
      if (epoch > limits.epochsPerVisitMax) {
        remove(w, visit, 'too_long');
        return { is: 'exhausted', ...changed(w) };
      }
      Object.assign(visit, { epoch, epochNext: epoch + 1, keyOffer, sealed: '', keyWanted: 0 });
      visit.rev += 1;
      hintVisitor(w, visit, 'key:offered', { rev: visit.rev, epoch, keyOffer });
      return { is: 'offered', ...changed(w) };
    },

    async keySeal({ epoch, sealed, ...fence }) {
      const w = world();
      const visit = asVisitor(w, fence);
      if (isWord(visit)) return visit;
      if (!atADesk(visit)) return { is: 'stage' };
      if (epoch !== visit.epoch) return { is: 'stale_epoch' };
      if (visit.sealed === '' && visit.keyOffer === '') return { is: 'no_key' };
      if (visit.sealed === '') {
        visit.sealed = sealed;
        visit.rev += 1;
        hintDesk(w, visit.holder, 'key:sealed', { visitId: visit.visitId, rev: visit.rev, epoch, sealed });
      }
      return { is: 'sealed', ...changed(w) };
    },

    async keyShare({ share, ...fence }) {
      const w = world();
      const visit = fenced(w, fence as Fence);
      if (isWord(visit)) return visit;
      if (!atADesk(visit)) return { is: 'stage' };
      if (fence.side === 'v') visit.shareV = share;
      else visit.shareC = share;
      return { is: 'kept' };
    },

    async keyAsk({ epoch, ...fence }) {
      const w = world();
      const visit = asVisitor(w, fence);
      if (isWord(visit)) return visit;
      if (!atADesk(visit)) return { is: 'stage' };
      if (epoch !== visit.epoch) return { is: 'stale_epoch' };
      if (Math.abs(w.now - visit.keyAskedMs) < limits.keyAskEveryMs) return { is: 'too_fast' };
      visit.keyWanted = epoch;
      visit.keyAskedMs = w.now;
      visit.rev += 1;
      hintDesk(w, visit.holder, 'key:wanted', { visitId: visit.visitId, rev: visit.rev, epoch });
      return { is: 'asked', ...changed(w) };
    },

    async keyRefuse({ epoch, ...fence }) {
      const w = world();
      const visit = asVisitor(w, fence);
      if (isWord(visit)) return visit;
      if (!atADesk(visit)) return { is: 'stage' };
      if (epoch !== visit.epoch) return { is: 'stale_epoch' };
      visit.refusals += 1;
      const ended = visit.refusals >= limits.refusalsMax;
      if (ended) remove(w, visit, 'refused');
      else {
        if (visit.holder) noteTried(w, visit, visit.holder);
        toFront(w, visit, 'refused');
      }
      return { is: 'refused', ended, ...changed(w) };
    },

    async keyOpened({ epoch, ...fence }) {
      const w = world();
      const visit = asDesk(w, fence);
      if (isWord(visit)) return visit;
      if (!atADesk(visit)) return { is: 'stage' };
      if (epoch !== visit.epoch) return { is: 'stale_epoch' };
      if (visit.stage === 'opening') {
        if (!visit.shareC || visit.sealed === '') return { is: 'no_key' };
        startTalking(w, visit);
      }
      if (visit.keyOffer !== '' && visit.sealed === '') return { is: 'no_key' };
      opened(w, visit);
      return { is: 'opened', ...changed(w) };
    },
  };
}

/** The epoch works on both sides: its key offer and the sealed key are of no more use, and go. */
export function opened(w: World, visit: VisitRecord): void {
  if (visit.keyOffer === '') return;
  Object.assign(visit, { keyOffer: '', sealed: '' });
  hintVisitor(w, visit, 'key:opened', { epoch: visit.epoch });
}

function startTalking(w: World, visit: VisitRecord): void {
  const { live, now, limits } = w;
  visit.stage = 'talking';
  visit.openByMs = 0;
  visit.openingMissed = false;
  visit.rev += 1;
  const handout = handoutAt(now, live.lastHandoutMs, visit);
  if (handout) live.handouts = [...live.handouts, handout].slice(-limits.handoutsKept);
  live.lastHandoutMs = now;
  if (visit.talkedMs === 0) visit.talkedMs = now;
  visit.lastTextMs = now;
  visit.idleTold = false;
  tellVisitor(w, visit, 'talking');
}
