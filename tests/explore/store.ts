import { goes } from './deskPage.ts';
import type { Answer, Frame, Packet, Place, Store, World } from './world.ts';

/**
 * The store, as server/src/live/moves.ts and conversation/*.model.ts have it. Fences need no numbers here: what comes
 * from a page that is not the newest of its side is not there.
 */

const atDesk = ({ stage }: Store) => stage === 'opening' || stage === 'talking';
const hintV = (w: World, hint: Answer) => void (w.toV = [...w.toV, hint]);
const hintC = (w: World, hint: Answer) => void (w.c && (w.toC = [...w.toC, hint]));
const LOOK: Answer = { hint: 'look' };
type Code = Extract<Answer, { re: Packet }>['code'];

/** @returns what the service answers */
export function serve(w: World, side: 'v' | 'c', packet: Packet): Answer {
  const { before: _, ...store } = w.store;
  switch (packet.k) {
    case 'state':
      return { re: packet, code: 'ok', store };
    case 'since':
      return { re: packet, code: side === 'v' || atDesk(w.store) ? 'ok' : 'refused', store };
    default:
      return { re: packet, code: change(w, side, packet) };
  }
}

function change(w: World, side: 'v' | 'c', packet: Packet): Code {
  const { store } = w;
  if (packet.k === 'here') {
    if (store.stage !== 'waiting') return 'refused';
    if (store.unanswered) hintV(w, LOOK);
    store.unanswered = false;
    return 'ok';
  }
  if (!atDesk(store)) return 'refused';
  switch (packet.k) {
    case 'append':
      return append(w, packet.frame);
    case 'restore':
      for (const frame of packet.frames) {
        if (store.stage !== 'talking') return 'refused';
        if (frame.epoch > store.epoch) return 'stale';
        keep(w, frame);
      }
      return 'ok';
    case 'seal':
      if (packet.epoch !== store.epoch) return 'stale';
      if (store.sealed === '' && store.keyOffer === '') return 'refused';
      if (store.sealed !== '') return 'ok';
      store.sealed = packet.sealed;
      hintC(w, { hint: 'sealed', epoch: packet.epoch, sealed: packet.sealed });
      return 'ok';
    case 'ask':
      if (packet.epoch !== store.epoch) return 'stale';
      store.wanted = packet.epoch;
      hintC(w, LOOK);
      return 'ok';
    case 'refuse':
      if (store.stage !== 'opening') return 'refused';
      if (packet.epoch !== store.epoch) return 'stale';
      store.refusals += 1;
      if (store.refusals > 1) end(w);
      else toFront(w);
      return 'ok';
    case 'share':
      if (side === 'v') store.shareV = packet.rid;
      else store.shareC = packet.rid;
      return 'ok';
    case 'offer':
      return offer(w, packet.epoch, packet.keyOffer);
    case 'opened':
      return opened(w, packet.epoch);
    case 'release':
      toFront(w);
      return 'ok';
    default:
      return 'refused';
  }
}

function append(w: World, frame: Frame): Code {
  const { store } = w;
  if (frame.id === store.withheld || store.log.some(({ id }) => id === frame.id)) return 'ok';
  const confirming = store.stage === 'opening' && frame.side === 'c' && frame.k === 'confirm';
  if (store.stage !== 'talking' && !confirming) return 'refused';
  if (frame.epoch !== store.epoch) return 'stale';
  if (confirming && store.sealed === '') return 'refused';
  keep(w, frame);
  if (frame.side === 'c' && store.stage === 'talking' && store.sealed !== '') works(w);
  return 'ok';
}

function keep(w: World, frame: Frame) {
  if (frame.id === w.store.withheld || w.store.log.some(({ id }) => id === frame.id)) return;
  w.store.log = [...w.store.log, frame];
  if (frame.k === 'confirm') w.truth.confirms = [...new Set([...w.truth.confirms, frame.key])].sort();
  if (frame.side === 'c') hintV(w, { hint: 'frame', frame });
  else hintC(w, { hint: 'frame', frame });
}

function offer(w: World, epoch: number, keyOffer: string): Code {
  const { store } = w;
  if (epoch === store.epoch && keyOffer === store.keyOffer) return 'ok';
  if (epoch !== store.epochNext) return 'stale';
  const { before: _, shareV: __, ...before } = store;
  Object.assign(store, { before, epoch, epochNext: epoch + 1, keyOffer, sealed: '', wanted: 0 });
  w.truth.offers = [...w.truth.offers, keyOffer];
  hintV(w, LOOK);
  return 'ok';
}

function opened(w: World, epoch: number): Code {
  const { store } = w;
  if (epoch !== store.epoch) return 'stale';
  if (store.stage === 'opening') {
    if (store.shareC === '' || store.sealed === '') return 'stale';
    store.stage = 'talking';
    hintV(w, LOOK);
  }
  if (store.keyOffer !== '' && store.sealed === '') return 'stale';
  works(w);
  return 'ok';
}

function works(w: World) {
  if (w.store.keyOffer === '') return;
  Object.assign(w.store, { keyOffer: '', sealed: '' });
  hintV(w, LOOK);
}

export function accept(w: World, holder: Place): void {
  Object.assign(w.store, { stage: 'opening', holder, before: null });
  hintV(w, LOOK);
}

/** Back at the front, without a counsellor. @param unanswered the visitor owes an answer first */
export function toFront(w: World, unanswered = false): void {
  const { holder } = w.store;
  Object.assign(w.store, { stage: 'waiting', was: holder, holder: '', unanswered, before: null });
  Object.assign(w.store, { shareC: '', sealed: '', keyOffer: '', wanted: 0 });
  goes(w);
  hintV(w, LOOK);
}

function end(w: World) {
  Object.assign(w.store, { stage: 'ended', holder: '', before: null });
  goes(w);
  hintV(w, LOOK);
}

/** A replica takes over that has not heard of the last epoch. */
export function lag(w: World): void {
  const { store } = w;
  Object.assign(store, { ...store.before, before: null });
  w.truth.offers = [];
}
