import type { VisitId } from '@clbchat/shared/ids';
import type { StoreNeeds } from '../kernel/needs.ts';
import { dueNow, noteDue, place, waiting } from '../live/line.ts';
import {
  answers,
  changed,
  hintDesk,
  hintVisitor,
  noteTried,
  openWorld,
  remove,
  ringOff,
  staffed,
  tellDesk,
  tellVisitor,
  noteMissed,
  toFront,
  withdrawRings,
  type World,
} from '../live/moves.ts';
import type { DeskRecord, LiveState, VisitRecord } from '../live/record.ts';
import { isAbsent, keepMs, owesAnswer } from '../visit/visit.rules.ts';
import type { RetentionStore, TickInput } from './retention.store.ts';

/** What the definition of the store says about time. Contract: retention.store.ts. */
export function memoryRetention(live: LiveState, needs: StoreNeeds): RetentionStore {
  return {
    async tick(input) {
      const w = openWorld(live, needs);
      const { dueAtOnceMax } = w.limits;
      const grace = keepTime(w);
      const atDesks = [...live.desks.values()].flatMap(({ rings, held }) => [...rings, ...held]);
      // Desks first: a ring at a silent desk is withdrawn, not missed [rows 15, 16].
      for (const desk of live.desks.values()) deskTick(w, desk, grace);
      const due = dueNow(w, dueAtOnceMax);
      for (const visit of visitsOf(w, [...atDesks, ...due])) {
        visitTick(w, visit, grace);
        if (live.visits.has(visit.visitId)) noteDue(w, visit, grace ? live.tick.graceUntilMs : 0);
      }
      const drained = drain(w, input, grace);
      for (const [name, untilMs] of live.over) {
        if (untilMs > w.now) break; // the others end later
        live.over.delete(name);
      }
      for (const [requestId, { untilMs }] of live.takes) if (untilMs <= w.now) live.takes.delete(requestId);
      for (const [node, { untilMs }] of live.beyond) if (untilMs <= w.now) live.beyond.delete(node);
      return { grace, more: due.length === dueAtOnceMax || drained === dueAtOnceMax, ...changed(w) };
    },
  };
}

/** Each once, in the order of tickets. */
const visitsOf = ({ live }: World, ids: readonly VisitId[]): VisitRecord[] =>
  [...new Set(ids)].map((visitId) => live.visits.get(visitId)!).toSorted((a, b) => a.ticket - b.ticket);

/** Nobody could give a sign of life while nobody kept time: then the silences of that time count for nothing [R5]. */
function keepTime({ live, now, limits }: World): boolean {
  const { tick } = live;
  // also where the clock went back
  if (tick.atMs > 0 && Math.abs(now - tick.atMs) > limits.tickGapMs) tick.graceUntilMs = now + limits.graceMs;
  tick.staffGoneMs = Math.min(tick.staffGoneMs, now);
  tick.atMs = now;
  return now < tick.graceUntilMs;
}

function deskTick(w: World, desk: DeskRecord, grace: boolean): void {
  // a sign that lies ahead of a clock that went back counts as one of now
  if (desk.beatMs - w.now > w.limits.clockSkewMsMax) desk.beatMs = w.now;
  if (!answers(w, desk)) withdrawRings(w, desk);
  if (grace || desk.status === 'offline') return;
  const age = w.now - desk.beatMs;
  if (age >= w.rules.releaseMs) {
    for (const visitId of [...desk.held]) toFront(w, w.live.visits.get(visitId)!, 'counsellor_gone');
    return; // she is away, and stays what she was: who comes back has not pressed anything [R9]
  }
  if (age < w.rules.peerToldMs) return;
  for (const visitId of desk.held) {
    const visit = w.live.visits.get(visitId)!;
    if (visit.stage !== 'talking' || visit.silentTold) continue;
    visit.silentTold = true;
    hintVisitor(w, visit, 'peer:silent', { rev: visit.rev });
  }
}

function visitTick(w: World, visit: VisitRecord, grace: boolean): void {
  const { now, limits, rules } = w;
  const oldest = now - limits.frameMs;
  if (visit.frames[0] && visit.frames[0].atMs <= oldest)
    visit.frames = visit.frames.filter(({ atMs }) => atMs > oldest);
  if (now - visit.joinedMs >= limits.visitMs) return remove(w, visit, 'expired');

  // A node that died cannot say that its sockets went; during grace nobody could say that one is there. It stays a
  // guess: a socket of which a sign comes late is there again, without having to connect anew.
  const guessed = visit.dropMs === 0;
  const absent = isAbsent(visit, now, limits) && !(guessed && grace);
  if (visit.stage === 'offered' && absent) ringOff(w, visit, 'away');
  if (visit.stage === 'offered' && now >= visit.offerByMs) missed(w, visit);
  if (visit.stage === 'opening' && !grace && now >= visit.openByMs) unopened(w, visit, absent);
  if (visit.stage === 'waiting' && visit.away === 'no' && absent) {
    visit.away = 'dropped';
    visit.rev += 1;
    place(w, visit);
  }
  if (visit.away === 'dropped' && guessed && !isAbsent(visit, now, limits)) back(w, visit);
  if (grace) return;
  if (visit.stage === 'opening') return tellAway(w, visit, absent);
  if (absent && now - (visit.dropMs || visit.seenMs) >= keepMs(visit, rules)) return remove(w, visit, 'visitor_gone');
  if (visit.stage === 'talking') talkingTick(w, visit, absent);
}

/** No key in time: her slot is free. A visitor who was asked keeps ticket and question, and nothing else waits for it [Q7]. The second time in a row others go first [Q12]. */
function unopened(w: World, visit: VisitRecord, absent: boolean): void {
  const asked = owesAnswer(visit);
  if (!asked && visit.holder) noteTried(w, visit, visit.holder);
  noteMissed(w, visit);
  toFront(w, visit, absent ? 'visitor_away' : asked ? 'unanswered' : 'unopened', asked);
}

function back(w: World, visit: VisitRecord): void {
  visit.away = 'no';
  visit.rev += 1;
  place(w, visit);
  w.freed = true;
  tellVisitor(w, visit, visit.stage);
}

/** The offer rang in vain. Two in a row, and the counsellor is "even weg" [row 15]. */
function missed(w: World, visit: VisitRecord): void {
  const account = visit.offerTo;
  const desk = account && w.live.desks.get(account);
  ringOff(w, visit, 'missed');
  if (!desk) return;
  noteTried(w, visit, desk.account);
  desk.misses += 1;
  if (desk.misses < w.rules.offerMissesMax) return;
  desk.status = 'paused';
  desk.misses = 0;
  withdrawRings(w, desk);
  tellDesk(w, desk, 'missed');
}

/** Whoever has it knows whether the visitor is there [D18 D36]. */
function tellAway(w: World, visit: VisitRecord, absent: boolean): void {
  const { visitId, rev, holder } = visit;
  if (absent && !visit.awayTold) {
    visit.awayTold = true;
    hintDesk(w, holder, 'peer:silent', { visitId, rev });
  }
  if (!absent && visit.awayTold && visit.dropMs === 0) {
    visit.awayTold = false;
    hintDesk(w, holder, 'peer:back', { visitId, rev });
  }
}

function talkingTick(w: World, visit: VisitRecord, absent: boolean): void {
  const { now, rules } = w;
  const quiet = now - visit.lastTextMs;
  if (quiet >= rules.silenceMs) return remove(w, visit, 'silence');
  if (now - visit.talkedMs >= rules.lengthMaxMs) return remove(w, visit, 'too_long');
  tellAway(w, visit, absent);
  if (quiet < rules.idleAskMs || visit.idleTold) return;
  visit.idleTold = true;
  const leftMs = rules.silenceMs - quiet;
  hintVisitor(w, visit, 'talk:idle', { leftMs });
  hintDesk(w, visit.holder, 'talk:idle', { visitId: visit.visitId, leftMs });
}

/**
 * After closing, who waits is served while somebody is there, and told when nobody is, or it has lasted too long [H1].
 *
 * @returns how many were told: `dueAtOnceMax` at most
 */
function drain(w: World, { hours }: TickInput, grace: boolean): number {
  const { live, now, rules } = w;
  if (hours.is === 'open') {
    live.tick.staffGoneMs = 0;
    return 0;
  }
  // nobody could show that she works while nobody kept time: being alone is counted anew [R5]
  if (grace || staffed(w)) live.tick.staffGoneMs = 0;
  else if (live.tick.staffGoneMs === 0) live.tick.staffGoneMs = now;
  const alone = live.tick.staffGoneMs > 0 && now - live.tick.staffGoneMs >= rules.drainStaffGoneMs;
  if (!alone && now - hours.sinceMs < rules.drainAfterMs) return 0;
  let told = 0;
  for (const visit of waiting(w, 'queue')) {
    if (told === w.limits.dueAtOnceMax) break;
    if (visit.stage !== 'waiting') continue; // it rings
    remove(w, visit, 'closed');
    told += 1;
  }
  return told;
}
