import type { Effect, Event } from '@clbchat/shared/client/desk/agreement';
import { newDeskPage } from './begun.ts';
import * as talk from './talk.ts';
import { name, stored, type Answer, type DeskPage, type Kind, type Packet, type Place, type World } from './world.ts';

/** The console that holds the visit, in a draft of the world: what desk/keys.ts, row.ts and heldTalk.ts do for the machine. */

const send = (w: World, packet: Packet) => void (w.fromC = [...w.fromC, packet]);

/** Where a console's work has gone with its page, nothing is left to be done. */
function sideOf(w: World, c: DeskPage, kind: Kind): talk.Side {
  return {
    side: 'c',
    talk: c.talk,
    page: c.page,
    ring: () => c.ring,
    unlocked: () => c.unlocked,
    send: (packet) => send(w, packet),
    keep: () => save(w, c),
    confirmed: (epoch) => tell(w, c, kind, { is: 'confirmed', epoch }),
    read(frame) {
      if (frame.k !== 'keys' || frame.keys.length === 0) return;
      c.ring = { ...Object.fromEntries(frame.keys), ...c.ring };
      save(w, c);
    },
    keys: () => [],
  };
}

function save(w: World, c: DeskPage) {
  if (w.broken === c.place) return;
  const written = c.talk.letters.filter(({ k }) => k === 'text');
  w.rows = { ...w.rows, [c.place]: { rid: c.share, ring: c.ring, written } };
  const kept = Object.values(c.ring).map((key) => `${c.place} ${c.share} ${key}`);
  w.truth.kept = [...new Set([...w.truth.kept, ...kept])].sort();
}

export function tell(w: World, c: DeskPage, kind: Kind, event: Event): void {
  const { state, effects } = kind.desk(c.s, event);
  const { phase, oneTime } = state;
  const side = sideOf(w, c, kind);
  c.s = state;
  if (c.oneTime !== '' && Number(c.oneTime.split(':')[0]) !== oneTime) c.oneTime = '';
  if (phase.is === 'talking') {
    if (c.talk.gate !== 'open' || c.talk.epoch !== phase.epoch) talk.open(side, phase.epoch, 'open');
  } else if (phase.is === 'confirming' || phase.is === 'declaring') talk.open(side, phase.epoch, 'control');
  else talk.pause(side);
  for (const effect of effects) begin(w, c, kind, effect);
}

function begin(w: World, c: DeskPage, kind: Kind, effect: Effect) {
  const { id } = effect;
  if (c.asked.includes(id) || c.work.some((other) => other.id === id)) return;
  const ask = (packet: Packet) => {
    c.asked = [...c.asked, id];
    send(w, packet);
  };
  switch (effect.do) {
    case 'offer': {
      const { epoch } = effect;
      if (c.oneTime === '') {
        c.oneTime = name(w, `${epoch}:${c.place}:`);
        if (c.ring[epoch]) {
          c.ring = Object.fromEntries(Object.entries(c.ring).filter(([of]) => Number(of) !== epoch));
          save(w, c);
        }
      }
      return ask({ k: 'offer', id, epoch, keyOffer: c.oneTime });
    }
    case 'share':
      return ask({ k: 'share', id, rid: c.share });
    case 'declare':
      return ask({ k: 'opened', id, epoch: effect.epoch });
    case 'release':
      return ask({ k: 'release' });
    case 'refresh':
      return refresh(w, c);
    case 'confirm': {
      const { epoch } = effect;
      if (c.talk.letters.some(({ k, of }) => k === 'confirm' && of === epoch)) return;
      return talk.add(sideOf(w, c, kind), { k: 'confirm', mid: '', person: '', of: epoch, storedIn: 0 });
    }
    default:
      c.work = [...c.work, effect];
  }
}

/** Work on this computer ends, the n-th that is under way. */
export function finish(w: World, c: DeskPage, kind: Kind, n: number): void {
  const effect = c.work[n]!;
  c.work = c.work.filter((_, other) => other !== n);
  switch (effect.do) {
    case 'unlock':
      return unlock(w, c, kind);
    case 'open': {
      const [key = '', keyOffer] = effect.sealed.split('>');
      const mine = c.oneTime !== '' && keyOffer === c.oneTime && Number(c.oneTime.split(':')[0]) === effect.epoch;
      if (mine) c.ring = { ...c.ring, [effect.epoch]: key };
      return tell(w, c, kind, { is: 'opened', id: effect.id, holds: mine ? Object.keys(c.ring).map(Number) : null });
    }
    case 'keep':
      save(w, c);
      return tell(w, c, kind, { is: 'kept', id: effect.id, ok: w.broken !== c.place });
    default: // the rest are requests
  }
}

function unlock(w: World, c: DeskPage, kind: Kind) {
  const row = w.rows[c.place];
  const shared = c.given !== '' && row?.rid === c.given;
  if (row && shared) {
    Object.assign(c, { share: row.rid, ring: row.ring });
    stored(w, row.rid);
    c.talk.letters = row.written;
  }
  c.unlocked = true;
  tell(w, c, kind, { is: 'unlocked', holds: Object.keys(c.ring).map(Number), shared });
  const { early } = c.talk;
  c.talk.early = [];
  for (const frame of early) talk.take(sideOf(w, c, kind), frame);
  if (c.look === 'frames') send(w, { k: 'since' });
}

export function refresh(w: World, c: DeskPage): void {
  if (c.look !== 'no') c.again = true;
  else {
    c.look = 'word';
    send(w, { k: 'state' });
  }
}

function looked(w: World, c: DeskPage) {
  c.look = 'no';
  const { again } = c;
  c.again = false;
  if (again) refresh(w, c);
}

export function hear(w: World, c: DeskPage, kind: Kind, answer: Answer): void {
  if ('hint' in answer) {
    if (answer.hint === 'look') refresh(w, c);
    else if (answer.hint === 'frame') talk.take(sideOf(w, c, kind), answer.frame, kind.impatient === 'c');
    else tell(w, c, kind, { is: 'sealed', epoch: answer.epoch, sealed: answer.sealed });
    return;
  }
  const { re, code, store } = answer;
  const ok = code === 'ok';
  if ('id' in re) c.asked = c.asked.filter((id) => id !== re.id);
  const said = code === 'refused' ? 'no' : code;
  switch (re.k) {
    case 'state':
      return ok ? word(w, c, kind, store!) : looked(w, c);
    case 'since':
      if (ok) talk.readAll(sideOf(w, c, kind), store!.log, store!.withheld);
      return looked(w, c);
    case 'restore':
      if (ok) c.talk.diverged = false;
      return;
    case 'append':
      talk.landed(sideOf(w, c, kind), re.frame, ok);
      if (code === 'stale') refresh(w, c);
      return;
    case 'offer':
      return tell(w, c, kind, { is: 'offered', id: re.id, answer: said });
    case 'share':
      if (ok) stored(w, re.rid);
      return tell(w, c, kind, { is: 'shared', id: re.id, ok });
    case 'opened':
      return tell(w, c, kind, { is: 'declared', id: re.id, answer: said });
    case 'release':
      c.asked = c.asked.filter((id) => id !== 'release');
      return;
    default: // the rest are the visitor's
  }
}

function word(w: World, c: DeskPage, kind: Kind, store: Omit<World['store'], 'before'>) {
  const { stage, epoch, epochNext, wanted, sealed, shareC, log } = store;
  c.given = shareC;
  const shared = shareC === c.share;
  if (shared) stored(w, c.share);
  const word = {
    talking: stage === 'talking',
    epoch,
    epochNext,
    wanted: wanted === epoch && epoch > 0,
    sealed,
    shared,
  };
  tell(w, c, kind, { is: 'word', word });
  if (c.unlocked && log.length === 0 && stage !== 'talking') return looked(w, c);
  c.look = 'frames';
  if (c.unlocked) send(w, { k: 'since' });
}

export function write(w: World, c: DeskPage, kind: Kind): void {
  w.truth.wrote = { ...w.truth.wrote, c: true };
  talk.add(sideOf(w, c, kind), { k: 'text', mid: 'c', person: '', of: 0, storedIn: 0 });
  save(w, c);
}

/** A page at this computer, with what the service says of the visit on its way to it. */
export function arrive(w: World, place: Place): void {
  goes(w);
  w.c = newDeskPage(w.pages, place);
  w.pages += 1;
  refresh(w, w.c);
}

/** The page has nothing to do with the visit any more. */
export function goes(w: World): void {
  Object.assign(w, { c: null, fromC: [], toC: [], held: w.held.filter((line) => !/desk|C$/.test(line)) });
}
