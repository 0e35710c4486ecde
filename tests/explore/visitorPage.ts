import { sealedTo, type Effect, type Event } from '@clbchat/shared/client/visitor/agreement';
import { emptyContents, newVisitorPage } from './begun.ts';
import * as talk from './talk.ts';
import {
  name,
  stored,
  subOf,
  type Answer,
  type Frame,
  type Kind,
  type Packet,
  type VisitorContents,
  type World,
} from './world.ts';

// over 300 lines because it stands for four files of the page, which share its state
/** The visitor's page in a draft of the world: what visitor/keys.ts, vault.ts, history.ts and visit.ts do for the machine. */

const send = (w: World, packet: Packet) => void (w.fromV = [...w.fromV, packet]);

function sideOf(w: World, kind: Kind): talk.Side {
  return {
    side: 'v',
    talk: w.v.talk,
    page: w.v.page,
    ring: () => w.v.ring,
    unlocked: () => w.v.unlocked,
    send: (packet) => send(w, packet),
    keep: () => save(w),
    confirmed(epoch) {
      const key = w.v.ring[epoch];
      if (key) w.truth.opened = [...new Set([...w.truth.opened, key])];
      tell(w, kind, { is: 'confirmed', epoch });
    },
    read(frame) {
      if (frame.side !== 'v' || frame.k !== 'keys') return;
      w.v.contents = { ...w.v.contents, owes: false };
      save(w);
    },
    keys: () => keysBefore(w, w.v.talk.epoch),
  };
}

function save(w: World, sealedMax = w.vDisk.sealedMax) {
  const written = w.v.talk.letters.filter(({ k }) => k === 'text');
  w.v.contents = { ...w.v.contents, written };
  w.vDisk = { rid: w.v.share, sealedMax, contents: w.v.contents, ring: w.v.ring };
}

function keysBefore({ v }: World, epoch: number): Frame['keys'] {
  const epochs = Object.keys(v.ring).map(Number);
  return epochs.filter((e) => e >= v.contents.readsFrom && e < epoch).map((e) => [e, v.ring[e]!]);
}

function tell(w: World, kind: Kind, event: Event): void {
  const before = w.v.s;
  const { state, effects } = kind.visitor(before, event);
  const { phase, kept } = state;
  const side = sideOf(w, kind);
  w.v.s = state;
  w.v.contents = { ...w.v.contents, agreed: phase.is === 'sealing' ? sealedTo(kept, phase.offer) : kept };
  const sub = kept.people.at(-1)?.sub;
  if (sub !== undefined && sub !== before.kept.people.at(-1)?.sub) talk.person(side, sub);
  if (phase.is === 'talking') speak(w, side, phase.epoch);
  else if (before.phase.is === 'talking') talk.pause(side);
  for (const effect of effects) begin(w, kind, effect);
}

function speak(w: World, side: talk.Side, epoch: number) {
  if (w.v.talk.gate === 'open' && w.v.talk.epoch === epoch) return;
  talk.open(side, epoch, 'control');
  if (!w.v.greeted.includes(epoch)) {
    w.v.greeted = [...w.v.greeted, epoch];
    if (w.v.contents.owes) talk.add(side, { k: 'keys', mid: '', person: '', of: epoch, storedIn: 0 });
  }
  talk.open(side, epoch, 'open');
}

function begin(w: World, kind: Kind, effect: Effect) {
  const { v } = w;
  const { id } = effect;
  if (v.asked.includes(id) || v.work.some(({ effect: other }) => other.id === id)) return;
  const ask = (packet: Packet) => {
    v.asked = [...v.asked, id];
    send(w, packet);
  };
  switch (effect.do) {
    case 'seal':
      // in the same turn as the name of whom it is for: a write between must not say the one without the other [K5]
      if (!kind.lateHistory) v.contents = { ...v.contents, ...history(v, effect) };
      v.work = [...v.work, { effect, held: false }];
      return;
    case 'send': {
      const { epoch, pub, digest } = effect.offer;
      const key = v.ring[epoch];
      if (!key) return;
      w.truth.sealed = [...w.truth.sealed, { epoch, key, keyOffer: digest }];
      answered(w, effect.offer.device);
      return ask({ k: 'seal', id, epoch, sealed: `${key}>${pub}` });
    }
    case 'ask':
    case 'refuse':
      return ask({ k: effect.do, id, epoch: effect.epoch });
    case 'here':
      return ask({ k: 'here' });
    case 'share':
      return ask({ k: 'share', id, rid: v.share });
    case 'refresh':
      return refresh(w);
    default:
      v.work = [...v.work, { effect, held: false }];
  }
}

/** A tap is used by the key that leaves for its name, and is of no more use once another has one. */
function answered({ truth }: World, device: string) {
  const { tap } = truth;
  truth.tap = null;
  if (tap?.sub !== subOf(device)) return;
  truth.allowed = truth.allowed.filter((each) => each !== device);
  if (tap.choice === 'all') truth.allowed = [...truth.allowed, device].sort();
}

/** What of the past the next reader may have (visitor/history.ts). */
function history(
  { contents, s: { kept } }: World['v'],
  { whom, offer: { epoch } }: Extract<Effect, { do: 'seal' }>,
): Pick<VisitorContents, 'readsFrom' | 'mayReadFrom' | 'owes'> {
  const { readsFrom, mayReadFrom } = contents;
  const owes = kept.people.length > 0;
  if (whom === 'known') return { readsFrom, mayReadFrom, owes };
  if (whom !== 'moved') return { readsFrom: whom === 'all' ? 1 : epoch, mayReadFrom: 0, owes };
  return { readsFrom: epoch, mayReadFrom: mayReadFrom || (kept.confirmed > 0 ? readsFrom : 0), owes };
}

/** Work on this device ends, the n-th that is under way. @param doubted the key offer that was read is not believed */
export function finish(w: World, kind: Kind, n: number, doubted = false): void {
  const { v } = w;
  const { effect, held } = v.work[n]!;
  const rest = v.work.filter((_, other) => other !== n);
  if (effect.do === 'seal' && !held) {
    const { epoch } = effect.offer;
    v.ring = { ...v.ring, [epoch]: name(w, `k${epoch}`) };
    v.contents = { ...v.contents, ...(kind.lateHistory && history(v, effect)) };
    v.work = v.work.map((work, other) => (other === n ? { effect, held: true } : work));
    return;
  }
  v.work = rest;
  switch (effect.do) {
    case 'unlock':
      return unlock(w, kind);
    case 'read': {
      tell(w, kind, { is: 'present', present: v.touched });
      if (doubted) return tell(w, kind, { is: 'read', id: effect.id, offer: 'chain' });
      const [, place = ''] = effect.keyOffer.split(':');
      const [sub, device] = [subOf(place), place.slice(0, 2)];
      const offer = {
        epoch: effect.epoch,
        sub,
        device,
        name: sub,
        site: '',
        pub: effect.keyOffer,
        digest: effect.keyOffer,
      };
      return tell(w, kind, { is: 'read', id: effect.id, offer });
    }
    case 'seal':
      save(w, effect.offer.epoch);
      return tell(w, kind, { is: 'written', id: effect.id });
    case 'save':
      return save(w);
    default: // the rest are requests
  }
}

function unlock(w: World, kind: Kind) {
  const { v, vDisk } = w;
  if (v.given === vDisk.rid) {
    Object.assign(v, { share: vDisk.rid, contents: vDisk.contents, ring: vDisk.ring });
    v.talk.letters = vDisk.contents.written;
    stored(w, v.share);
    const last = v.contents.agreed.people.at(-1);
    if (last) talk.person(sideOf(w, kind), last.sub);
  } else {
    v.contents = emptyContents();
    v.share = `v${v.page}`;
    save(w);
  }
  v.unlocked = true;
  const holds = Object.keys(v.ring).map(Number);
  tell(w, kind, {
    is: 'unlocked',
    kept: { ...v.contents.agreed, sealedMax: vDisk.sealedMax },
    holds,
    shared: v.given === v.share,
  });
  const { early } = v.talk;
  v.talk.early = [];
  for (const frame of early) talk.take(sideOf(w, kind), frame);
  if (v.look === 'frames') send(w, { k: 'since' });
}

/** Asks for the service's word, once more when it is being asked for. */
export function refresh(w: World): void {
  if (w.v.look !== 'no') w.v.again = true;
  else {
    w.v.look = 'word';
    send(w, { k: 'state' });
  }
}

function looked({ v }: World): boolean {
  v.look = 'no';
  if (!v.again) return false;
  v.again = false;
  return true;
}

export function hear(w: World, kind: Kind, answer: Answer): void {
  const { v } = w;
  if ('hint' in answer) {
    if (answer.hint === 'look') refresh(w);
    else if (answer.hint === 'frame') talk.take(sideOf(w, kind), answer.frame, kind.impatient === 'v');
    return;
  }
  const { re, code, store } = answer;
  const ok = code === 'ok';
  if ('id' in re) v.asked = v.asked.filter((id) => id !== re.id);
  switch (re.k) {
    case 'state':
      return word(w, kind, ok ? store : undefined);
    case 'since':
      if (ok) talk.readAll(sideOf(w, kind), store!.log, store!.withheld);
      const again = looked(w);
      if (ok) tell(w, kind, { is: 'caughtUp' });
      if (again) refresh(w);
      return;
    case 'restore':
      if (ok) v.talk.diverged = false;
      return;
    case 'append':
      talk.landed(sideOf(w, kind), re.frame, ok);
      if (code === 'stale') refresh(w);
      return;
    case 'seal':
      return tell(w, kind, { is: 'sent', id: re.id, ok });
    case 'share':
      if (!ok) return;
      stored(w, re.rid);
      return refresh(w);
    case 'here':
      v.asked = v.asked.filter((id) => id !== 'here');
      return refresh(w);
    default: // nobody waits for the rest
  }
}

function word(w: World, kind: Kind, store: Omit<World['store'], 'before'> | undefined) {
  const { v } = w;
  if (!store) {
    if (looked(w)) refresh(w);
    return;
  }
  const { stage, unanswered, epoch, keyOffer, sealed, shareV, log } = store;
  v.given = shareV;
  tell(w, kind, { is: 'present', present: v.touched });
  const [opening, talking] = [stage === 'opening', stage === 'talking'];
  if (shareV === v.share) stored(w, v.share);
  const said = {
    atDesk: opening || talking,
    opening,
    unanswered,
    epoch,
    keyOffer,
    sealedSet: sealed !== '',
    shared: shareV === v.share,
  };
  tell(w, kind, { is: 'word', word: said });
  if (!talking && log.length === 0 && epoch === 0 && v.unlocked) {
    if (looked(w)) refresh(w);
    return;
  }
  v.look = 'frames';
  if (v.unlocked) send(w, { k: 'since' });
}

/** The person presses "I am here". */
export function here(w: World, kind: Kind): void {
  const { v } = w;
  v.touched = true;
  tell(w, kind, { is: 'present', present: true });
  if (v.s.word?.atDesk || v.asked.includes('here')) return;
  v.asked = [...v.asked, 'here'];
  send(w, { k: 'here' });
}

/** The person answers by name. */
export function answer(w: World, kind: Kind, sub: string, choice: 'all' | 'none'): void {
  w.v.touched = true;
  w.truth.tap = { sub, choice, page: w.v.s.word?.atDesk ? -1 : w.v.page };
  tell(w, kind, { is: 'answer', sub, choice });
}

export function write(w: World, kind: Kind): void {
  const { v } = w;
  const person = v.s.kept.people.at(-1)?.sub ?? '';
  w.truth.wrote = { ...w.truth.wrote, v: true };
  talk.add(sideOf(w, kind), { k: 'text', mid: 'v', person, of: 0, storedIn: 0 });
  save(w);
}

/** The page is loaded again: what was on its way to it and from it goes with its socket. */
export function reload(w: World): void {
  w.v = newVisitorPage(w.pages, true, `v${w.pages}`);
  w.pages += 1;
  Object.assign(w, { fromV: [], toV: [], held: w.held.filter((line) => !/visitor|V$/.test(line)) });
  refresh(w);
}
