import type { RequestId } from '@clbchat/shared/ids';
import type { StoreNeeds } from '../kernel/needs.ts';
import { atDesk, isWord } from '../live/fences.ts';
import {
  changed,
  hasLease,
  heldView,
  hintDesk,
  hintVisitor,
  load,
  openWorld,
  takesOn,
  toFront,
  withdrawRings,
  type World,
} from '../live/moves.ts';
import type { DeskRecord, LiveState } from '../live/record.ts';
import type { DeskFacts, PresenceStore } from './presence.store.ts';

export type Enter = Parameters<PresenceStore['enter']>[0];

/** What the definition of the store says about counsellors. Contract: presence.store.ts. */
// over 80 lines because it is the commands of one contract, one after the other
export function memoryPresence(live: LiveState, needs: StoreNeeds): PresenceStore {
  const world = () => openWorld(live, needs);

  return {
    async enter(input) {
      const w = world();
      const known = live.desks.get(input.account);
      // an end is no revocation: at this device she goes on with whom she has, and nothing new rings [O38 R3]
      const goesOn = known?.dev === input.dev && known.held.size > 0;
      if (input.certExpMs <= w.now && !goesOn) return { is: 'no_cert' };
      const alive = known && (hasLease(w, known) || known.held.size > 0);
      if (alive && known.dev !== input.dev && !input.takeOver) return { is: 'elsewhere' };
      const desk = known ?? newDesk(input, w.now);
      live.desks.set(desk.account, desk);
      if (desk.status === 'offline') {
        // nobody sat here: what she wishes holds; otherwise a press or a rule made the status, and no entrance changes it [R9]
        desk.status = input.status;
        desk.slots = Math.min(input.slots ?? needs.rules.slotsDefault, needs.rules.slotsMax);
        if (input.serves !== undefined) desk.serves = input.serves;
        desk.misses = 0;
      } else hintDesk(w, desk.account, 'desk:replaced', null);
      if (!alive) desk.idleSinceMs = w.now;
      const elsewhere = desk.dev !== input.dev;
      desk.dev = input.dev;
      desk.certExpMs = input.certExpMs;
      desk.seat += 1;
      desk.node = w.node ?? '';
      desk.beatMs = w.now;
      if (elsewhere || !alive) withdrawRings(w, desk); // what rang there rings for nobody here [row 16]
      peersBack(w, desk);
      w.freed = true;
      return { is: 'entered', seat: desk.seat, desk: factsOf(w, desk), ...changed(w) };
    },

    async desk(seat) {
      const w = world();
      const desk = atDesk(w, seat);
      return isWord(desk) ? desk : { is: 'desk', desk: factsOf(w, desk) };
    },

    async holds({ account, dev }) {
      const desk = live.desks.get(account);
      return desk !== undefined && desk.held.size > 0 && (dev === undefined || desk.dev === dev);
    },

    async awake(session) {
      const { now, limits } = world();
      const last = live.awake.get(session);
      if (last !== undefined && now - last >= limits.sessionIdleMs) return false;
      live.awake.set(session, now); // also under a sign that lies ahead of a clock that went back
      return true;
    },

    async idle({ there, over }) {
      const { now, limits } = world();
      for (const [session, last] of live.awake) if (last - now > limits.clockSkewMsMax) live.awake.set(session, now);
      for (const session of over) live.awake.delete(session);
      for (const session of there) if (!live.awake.has(session)) live.awake.set(session, now);
      const found = [...live.awake].filter(([, last]) => now - last >= limits.sessionIdleMs);
      return found.toSorted(([a, one], [b, other]) => one - other || (a < b ? -1 : 1)).map(([session]) => session);
    },

    async status({ status, requestId, ...seat }) {
      const w = world();
      const desk = atDesk(w, seat);
      if (isWord(desk)) return desk;
      if (pressedBefore(w, desk, requestId)) return { is: 'set', ...changed(w) };
      desk.status = status;
      desk.misses = 0;
      if (status === 'available') w.freed = true;
      else withdrawRings(w, desk);
      return { is: 'set', ...changed(w) };
    },

    async slots({ slots, requestId, ...seat }) {
      const w = world();
      const desk = atDesk(w, seat);
      if (isWord(desk)) return desk;
      if (pressedBefore(w, desk, requestId)) return { is: 'set', ...changed(w) };
      desk.slots = Math.max(1, Math.min(slots, needs.rules.slotsMax));
      if (load(desk) > desk.slots) withdrawRings(w, desk, desk.slots);
      w.freed = true;
      return { is: 'set', ...changed(w) };
    },

    async serves({ serves, requestId, ...seat }) {
      const w = world();
      const desk = atDesk(w, seat);
      if (isWord(desk)) return desk;
      if (pressedBefore(w, desk, requestId)) return { is: 'set', ...changed(w) };
      desk.serves = serves;
      w.freed = true;
      return { is: 'set', ...changed(w) };
    },

    async beat(desks) {
      const w = world();
      for (const seat of desks) {
        const desk = atDesk(w, seat);
        if (isWord(desk) || desk.status === 'offline') continue;
        if (w.now - desk.beatMs > w.limits.pulseLateMs) w.freed = true;
        desk.beatMs = w.now;
        peersBack(w, desk);
      }
      return changed(w);
    },

    async leave(seat) {
      const w = world();
      const desk = atDesk(w, seat);
      if (isWord(desk)) return desk;
      if (desk.held.size > 0) return { is: 'has_conversations' };
      withdrawRings(w, desk);
      desk.status = 'offline';
      return { is: 'left', ...changed(w) };
    },

    async signOut(seat) {
      const w = world();
      const desk = atDesk(w, seat);
      if (isWord(desk)) return desk;
      desk.seat += 1;
      desk.status = 'offline';
      for (const visitId of [...desk.held]) toFront(w, live.visits.get(visitId)!, 'counsellor_gone');
      withdrawRings(w, desk);
      return { is: 'signed_out', ...changed(w) };
    },
  };
}

/** A press that was heard changes nothing when it comes again, however late: a newer one may have come since [V7]. */
function pressedBefore({ now, limits }: World, desk: DeskRecord, requestId: RequestId): boolean {
  const presses = desk.presses.filter(({ untilMs }) => untilMs > now);
  if (presses.some((press) => press.requestId === requestId)) return true;
  desk.presses = [...presses, { requestId, untilMs: now + limits.requestReplayMs }].slice(-limits.pressesMax);
  return false;
}

/** Visitors who were told that their counsellor is silent are told that she is back. */
function peersBack(w: World, desk: DeskRecord): void {
  for (const visitId of desk.held) {
    const visit = w.live.visits.get(visitId)!;
    if (!visit.silentTold) continue;
    visit.silentTold = false;
    hintVisitor(w, visit, 'peer:back', { rev: visit.rev });
  }
}

/** Its consoles are numbered from this moment on: after a loss of the store none of the earlier numbers fits [V5]. */
function newDesk({ account, dev, certExpMs }: Enter, now: number): DeskRecord {
  // one literal without spreads, as of a visit
  return {
    account,
    status: 'offline',
    slots: 1,
    serves: null,
    seat: now,
    node: '',
    dev,
    certExpMs,
    beatMs: now,
    misses: 0,
    idleSinceMs: now,
    presses: [],
    rings: new Set(),
    held: new Set(),
    letGo: new Set(),
  };
}

/** Where a visit is that this desk had, its console may have missed; the list tells it as long as the visit lasts [V2]. */
const letGoBy = ({ live }: World, { account, letGo }: DeskRecord): DeskFacts['letGo'] =>
  [...letGo]
    .map((visitId) => live.visits.get(visitId)!)
    .filter(({ holder }) => holder !== account)
    .toSorted((a, b) => a.ticket - b.ticket)
    .flatMap(({ visitId, front }) => (front ? [{ visitId, why: front }] : []));

export function factsOf(w: World, desk: DeskRecord): DeskFacts {
  const { live, now } = w;
  return {
    life: live.life,
    status: desk.status,
    slots: desk.slots,
    serves: desk.serves,
    seat: desk.seat,
    held: [...desk.held].map((visitId) => heldView(w, live.visits.get(visitId)!)),
    rings: [...desk.rings].map((visitId) => {
      const { offerNo, role, topic, lang, joinedMs, offerByMs } = live.visits.get(visitId)!;
      return { offerNo, role, topic, lang, waitedMs: now - joinedMs, leftMs: Math.max(0, offerByMs - now) };
    }),
    letGo: letGoBy(w, desk),
    colleagues: [...live.desks.values()].filter((other) => other !== desk && takesOn(w, other)).length,
  };
}
