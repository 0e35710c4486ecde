import { FRAME_TYPES } from '@clbchat/shared/protocol/frame';
import type { StoreNeeds } from '../kernel/needs.ts';
import { fenced, isWord, type Fence } from '../live/fences.ts';
import type { Hint } from '../live/hint.ts';
import { hintDesk, hintVisitor, openWorld, type World } from '../live/moves.ts';
import type { LiveState, VisitRecord } from '../live/record.ts';
import { idOf, inOrder, page, streamKey, type SealedFrame } from './conversation.rules.ts';
import type { ConversationStore } from './conversation.store.ts';
import { atADesk, memoryKeys, opened } from './keys.model.ts';

type Stored = { is: 'stored'; seq: number };
type Refused = { is: 'stage' | 'stale_epoch' | 'out_of_order' | 'streams_full' | 'log_full' | 'no_key' };

/** What the definition of the store says about conversations. Contract: conversation.store.ts. */
// over 80 lines because it is the commands of one contract, one after the other
export function memoryConversation(live: LiveState, needs: StoreNeeds): ConversationStore {
  const { limits } = needs;
  const world = () => openWorld(live, needs);

  /** Stage, epoch and what the two together allow. Between acceptance and the first key only the confirmation passes. */
  function mayWrite(visit: VisitRecord, { header }: SealedFrame, restoring: boolean): Refused | null {
    const { side, type, epoch } = header;
    const confirming = visit.stage === 'opening' && side === 'c' && type === FRAME_TYPES.control && !restoring;
    if (visit.stage !== 'talking' && !confirming) return { is: 'stage' };
    if (restoring ? epoch > visit.epoch : epoch !== visit.epoch) return { is: 'stale_epoch' };
    if (confirming && visit.sealed === '') return { is: 'no_key' };
    return null;
  }

  function store(w: World, visit: VisitRecord, sealed: SealedFrame): Stored | Refused {
    const { header, frame } = sealed;
    const key = streamKey(header);
    const known = visit.streams.get(key);
    if (inOrder(known, header.n) === 'out_of_order') return { is: 'out_of_order' };
    if (!known) {
      const start = `${header.side}${header.epoch}:`;
      const streams = [...visit.streams.keys()].filter((each) => each.startsWith(start)).length;
      if (streams >= limits.streamsPerEpochMax) return { is: 'streams_full' };
    }
    if (visit.seq >= limits.framesPerVisitMax) return { is: 'log_full' };
    visit.seq += 1;
    const { seq } = visit;
    visit.streams.set(key, { n: header.n, seq });
    visit.frames.push({ seq, id: idOf(sealed), frame, atMs: w.now });
    if (header.type === FRAME_TYPES.message) {
      visit.lastTextMs = w.now;
      visit.idleTold = false;
    }
    tellPeer(w, visit, sealed, seq);
    return { is: 'stored', seq };
  }

  return {
    ...memoryKeys(live, needs),

    async append(input) {
      const w = world();
      const { header } = input;
      const visit = fenced(w, input);
      if (isWord(visit)) return visit;
      const known = visit.streams.get(streamKey(header));
      if (known && inOrder(known, header.n) === 'again') {
        return { is: 'stored', seq: header.n === known.n ? known.seq : 0, hints: [] };
      }
      const no = mayWrite(visit, input, false);
      if (no) return no;
      const stored = store(w, visit, input);
      if (stored.is !== 'stored') return stored;
      if (header.side === 'c' && visit.stage === 'talking' && visit.sealed !== '') opened(w, visit);
      return { is: 'stored', seq: stored.seq, hints: w.hints };
    },

    async passing(input) {
      const w = world();
      const visit = fenced(w, input);
      if (isWord(visit) || visit.stage !== 'talking' || input.header.epoch !== visit.epoch) return { hints: [] };
      tellPeer(w, visit, input, 0);
      return { hints: w.hints };
    },

    async since({ seq, id, ...fence }) {
      const w = world();
      const visit = fenced(w, fence as Fence);
      if (isWord(visit)) return visit;
      if (fence.side === 'c' && !atADesk(visit)) return { is: 'stage' };
      const last = visit.seq;
      const there = visit.frames.find((each) => each.seq === seq);
      if (seq > last || (id !== undefined && there && there.id !== id))
        return { is: 'since', since: { diverged: true, last } };
      const frames = page(visit.frames, seq, limits.listCharsMax);
      const newest = frames.at(-1)?.seq ?? last;
      return {
        is: 'since',
        since: {
          frames: frames.map((each) => ({
            seq: each.seq,
            frame: each.frame,
            agoS: Math.floor((w.now - each.atMs) / 1_000),
          })),
          from: visit.frames[0]?.seq ?? last + 1,
          last,
          more: newest < last,
        },
      };
    },

    async restore({ frames, ...fence }) {
      const w = world();
      const visit = fenced(w, fence as Fence);
      if (isWord(visit)) return visit;
      const seqs: number[] = [];
      for (const sealed of frames) {
        const no = mayWrite(visit, sealed, true);
        if (no) return stopped(no, seqs, w.hints);
        const known = visit.streams.get(streamKey(sealed.header));
        if (inOrder(known, sealed.header.n) === 'again') {
          seqs.push(0);
          continue;
        }
        const stored = store(w, visit, sealed);
        if (stored.is !== 'stored') return stopped(stored, seqs, w.hints);
        seqs.push(stored.seq);
      }
      return { is: 'restored', seqs, hints: w.hints };
    },
  };
}

/** What was stored before the first refusal stays stored and is answered; a refusal at once has written nothing [V8]. */
function stopped<R>(refusal: R, seqs: number[], hints: Hint[]): R | { is: 'restored'; seqs: number[]; hints: Hint[] } {
  return seqs.length > 0 ? { is: 'restored', seqs, hints } : refusal;
}

/** To the other side, with its newest fence. `seq` 0: a frame that is not stored. */
function tellPeer(w: World, visit: VisitRecord, { header, frame }: SealedFrame, seq: number): void {
  const { visitId, holder } = visit;
  const { side, epoch } = header;
  if (side === 'c' && seq > 0) hintVisitor(w, visit, 'talk:frame', { seq, frame, epoch });
  else if (side === 'c') hintVisitor(w, visit, 'talk:passing', { frame });
  else if (seq > 0) hintDesk(w, holder, 'talk:frame', { visitId, seq, frame, epoch });
  else hintDesk(w, holder, 'talk:passing', { visitId, frame });
}
