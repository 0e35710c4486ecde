import type { DeskRecord, LiveState, VisitRecord } from '@clbchat/server/live/record';
import type { AccountId } from '@clbchat/shared/ids';
import { claim } from './claim.ts';
import { loadOf, stays, type Ledger, type Step } from './step.ts';

/** Who gets whom [Q4 Q5 Q6 R2 R3 K2]. */
export function checkRouting(step: Step, ledger: Ledger): void {
  for (const desk of step.after.desks.values()) {
    const was = step.before.desks.get(desk.account);
    if (loadOf(desk) <= (was ? loadOf(was) : 0)) continue;
    claim(loadOf(desk), '[R2] never more than slots when it grows').atMost(desk.slots);
    claim(desk.status, '[R3] only who is available gets more').toBe('available');
  }
  for (const { rings, status, held, slots } of step.after.desks.values()) {
    if (rings.size === 0) continue;
    claim(status, '[R3] no ring where nobody is available').toBe('available');
    claim(held.size + rings.size, '[R2] no ring beyond the slots').atMost(slots);
  }
  for (const { was, is } of stays(step)) {
    if (is.stage === 'offered' && is.offerNo !== was.offerNo) checkRing(step, ledger, was, is);
    if (is.stage === 'opening' && was.stage !== 'opening')
      claim(is.hold, '[R1 K2] a new holder is a new hold').toBe(was.hold + 1);
    if (was.holder && is.holder !== was.holder) checkReleased(is, was);
  }
  if (step.name === 'match' && step.answer?.more === false) checkNobodyForgotten(step);
  noteTried(step, ledger);
}

/** From one holder to the next only by way of the queue, with nothing of the former one left. */
function checkReleased(is: VisitRecord, was: VisitRecord): void {
  claim(is.holder, '[K2] never from desk to desk').toBe('');
  claim(is.hold, '[R6] the fence moved').toBe(was.hold + 1);
  claim([is.shareC, is.sealed, is.keyOffer], '[R6 K2] nothing of the former holder').toEqual([null, '', '']);
  claim(is.stage, '[Q3] back in the queue').toBe('waiting');
  claim([is.was, is.front !== ''], '[R11] whose it was, and why no longer').toEqual([was.holder, true]);
}

export const answersAt = ({ now, needs }: Step, desk: DeskRecord): boolean =>
  desk.status === 'available' && now - desk.beatMs <= needs.limits.pulseLateMs && desk.certExpMs > now;

/** PROTOCOL A24, written a second time: her own choice, or nobody at work covers it, or it waited long enough. */
function mayServe(
  { now, needs: { rules } }: Step,
  { desks }: LiveState,
  desk: DeskRecord,
  visit: VisitRecord,
): boolean {
  const covers = ({ serves }: DeskRecord) =>
    !serves ||
    (serves.roles.includes(visit.role) && serves.topics.includes(visit.topic) && serves.langs.includes(visit.lang));
  const atWork = [...desks.values()].filter(
    (each) =>
      each.status !== 'offline' &&
      now - each.beatMs < rules.leaseMs &&
      each.certExpMs > now &&
      (each.status === 'available' || each.held.size > 0),
  );
  return covers(desk) || now - visit.joinedMs >= rules.fallbackAfterMs || !atWork.some(covers);
}

const excluded = ({ now }: Step, { tried }: VisitRecord, account: AccountId): boolean =>
  tried.some((entry) => entry.account === account && entry.untilMs > now);

function checkRing(step: Step, ledger: Ledger, was: VisitRecord, is: VisitRecord): void {
  const { before, after, now, needs } = step;
  const desk = before.desks.get(is.offerTo as AccountId)!;
  claim(answersAt(step, desk), '[R3] rings only where somebody answers').toBe(true);
  claim(was.away, '[Q6] who is away is never offered').toBe('no');
  claim(was.unanswered, '[Q7] who owes an answer is never offered').toBe(false);
  claim(mayServe(step, before, desk, was), '[Q4] rings only at who may serve it').toBe(true);
  const book = ledger.tried.get(is.ticket);
  const triedMs = ({ account }: DeskRecord) => now - (book?.get(account) ?? Number.NEGATIVE_INFINITY);
  if (triedMs(desk) < needs.limits.triedForMs) {
    claim(triedMs(desk), '[R3] tried: not again for a while').atLeast(needs.limits.triedAllForMs);
    const free = [...before.desks.values()].filter((each) => answersAt(step, each) && loadOf(each) < each.slots);
    // who filled up with smaller tickets in the same match was no longer free
    const still = free.filter(
      (each) => loadOf(after.desks.get(each.account)!) < each.slots && mayServe(step, before, each, was),
    );
    const untried = still.filter((each) => triedMs(each) >= needs.limits.triedForMs);
    claim(untried.length, '[R3] tried: only when everybody free has tried it').toBe(0);
    ledger.tried.delete(is.ticket); // and then it starts afresh
  }
  for (const other of after.visits.values()) {
    const earlier = before.visits.get(other.visitId);
    if (other.ticket >= is.ticket || other.stage !== 'waiting' || earlier?.away !== 'no') continue;
    if (earlier.unanswered) continue;
    const passedOver = mayServe(step, before, desk, other) && !excluded(step, other, desk.account);
    claim(passedOver, '[Q4] the smallest ticket first').toBe(false);
  }
}

function checkNobodyForgotten(step: Step): void {
  if (step.needs.rules.routing === 'picked') return;
  const { after } = step;
  for (const visit of after.visits.values()) {
    if (visit.stage !== 'waiting' || visit.away !== 'no' || visit.unanswered) continue;
    const free = [...after.desks.values()].filter((desk) => answersAt(step, desk) && loadOf(desk) < desk.slots);
    const forgotten = free.filter((desk) => mayServe(step, after, desk, visit) && !excluded(step, visit, desk.account));
    claim(
      forgotten.map(({ account }) => account),
      '[Q5] nobody free is left out',
    ).toEqual([]);
  }
}

/** Declined, missed or refused in this step. */
function noteTried({ name, answer, after, before, now, needs }: Step, { tried }: Ledger): void {
  const missed = (answer?.hints ?? []).flatMap((hint) =>
    hint.event === 'offer:off' && hint.hint.why === 'missed' ? [hint.hint.offerNo] : [],
  );
  for (const is of after.visits.values()) {
    const was = before.visits.get(is.visitId);
    const declined = name === 'decline' && was?.offerTo && !is.offerTo;
    const unopened = name === 'tick' && is.front === 'unopened';
    const refused = (name === 'keyRefuse' || name === 'release' || unopened) && was?.holder && !is.holder;
    const account = (declined || missed.includes(is.offerNo) ? was?.offerTo : refused ? was?.holder : '') || '';
    if (!account) continue;
    const untilMs = is.tried.find((entry) => entry.account === account)?.untilMs;
    claim(untilMs, '[R3] who declined, missed or was refused is noted').toBe(now + needs.limits.triedForMs);
    const book = tried.get(is.ticket) ?? new Map<AccountId, number>();
    tried.set(is.ticket, book.set(account, now));
  }
}
