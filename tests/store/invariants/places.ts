import type { LiveState, VisitRecord } from '@clbchat/server/live/record';
import { claim } from './claim.ts';
import { gone, stays, type Ledger, type Step } from './step.ts';

/** Where visits are, and that numbers only grow [V1 V3 V4 V5 Q1 Q2 Q3]. */
export function checkPlaces(step: Step, ledger: Ledger): void {
  const { after } = step;
  for (const visit of after.visits.values()) {
    checkOnePlace(after, visit);
    checkTicket(visit, ledger);
  }
  for (const [offerNo, visitId] of after.rings) {
    claim(after.visits.get(visitId)?.offerNo, '[R1] a ring is of one visit').toBe(offerNo);
  }
  for (const desk of after.desks.values()) {
    for (const id of desk.rings) claim(after.visits.get(id)?.offerTo, '[V1 R1] rings where it says').toBe(desk.account);
    for (const id of desk.held) claim(after.visits.get(id)?.holder, '[V1] held where it says').toBe(desk.account);
  }
  checkGone(step);
  checkGrowing(step);
  checkAhead(step);
}

function checkOnePlace({ desks, rings }: LiveState, visit: VisitRecord): void {
  const { visitId, stage, away, unanswered, offerTo, offerNo, holder } = visit;
  const ringing = [...desks.values()].filter((desk) => desk.rings.has(visitId));
  const held = [...desks.values()].filter((desk) => desk.held.has(visitId));
  const atDesk = stage === 'opening' || stage === 'talking';
  const offered = stage === 'offered';
  claim(ringing.length, `[V1 R1] ${stage}: rings at`).toBe(offered ? 1 : 0);
  claim(held.length, `[V1] ${stage}: held by`).toBe(atDesk ? 1 : 0);
  claim(offerTo !== '', '[V1] offerTo while it rings').toBe(offered);
  claim(holder !== '', '[V1] a holder while at a desk').toBe(atDesk);
  claim(rings.get(offerNo) === visitId, '[R1] a number while it rings').toBe(offered);
  if (stage !== 'waiting') claim(away, '[V1 Q6] only who waits is away').toBe('no');
  if (stage !== 'waiting') claim(unanswered, '[V1 Q7] only who waits owes an answer').toBe(false);
}

function checkTicket({ ticket, visitId }: VisitRecord, { visits }: Ledger): void {
  const known = visits.get(ticket);
  if (known) claim(visitId, '[Q1 V3] a ticket belongs to one visit').toBe(known.visitId);
  else visits.set(ticket, { visitId, seqs: new Map(), offers: new Map(), seals: new Map() });
}

/** Whatever ended is nowhere any more, under no name of a field that somebody may add later. */
function checkGone(step: Step): void {
  for (const { visitId } of gone(step)) {
    if (step.after.visits.has(visitId)) continue; // it came again, as another stay
    claim(JSON.stringify(step.after, plainly).includes(visitId), '[V4] the id is nowhere').toBe(false);
  }
}
const plainly = (_: string, value: unknown) => (value instanceof Map || value instanceof Set ? [...value] : value);

function checkGrowing(step: Step): void {
  for (const { was, is } of stays(step)) {
    for (const field of ['rev', 'hold', 'epoch', 'epochNext', 'conn', 'offerNo', 'seq'] as const) {
      claim(is[field], `[V5] ${field}`).atLeast(was[field]);
    }
    const moved =
      is.stage !== was.stage || is.away !== was.away || is.unanswered !== was.unanswered || is.holder !== was.holder;
    if (is.ticket !== was.ticket) checkNewTicket(step, was, is);
    if (moved) claim(is.rev, '[V5] a change of stage is a new rev').above(was.rev);
    claim([is.joinedMs, is.first, is.vnonce], '[Q3] what a visit is stays').toEqual([
      was.joinedMs,
      was.first,
      was.vnonce,
    ]);
  }
  for (const was of step.before.desks.values()) {
    claim(step.after.desks.get(was.account)?.seat, '[V5] seat').atLeast(was.seat);
  }
  for (const counter of ['ticketCounter', 'offerCounter'] as const) {
    claim(step.after[counter], `[V5] ${counter}`).atLeast(step.before[counter]);
  }
}

/** Only for a visit that sent no key in two openings in a row, and behind everybody. */
function checkNewTicket({ name, input, after }: Step, was: VisitRecord, is: VisitRecord): void {
  const putBack =
    name === 'release' && (input as { why: string }).why === 'visitor_away' && (was.dropMs > 0 || was.awayTold);
  claim(name === 'tick' || putBack, '[Q12 Q3 R12] only time takes a ticket, or to be away').toBe(true);
  claim(was.stage, '[Q12] of an opening that ended').toBe('opening');
  claim(was.openingMissed, '[Q12] the second in a row').toBe(true);
  claim(is.ticket, '[Q12 Q1] a new one').above(was.ticket);
  claim(after.ticketCounter, '[Q12] behind everybody who waited').atLeast(is.ticket);
}

function checkAhead({ name, input, answer, after }: Step): void {
  if ((name !== 'here' && name !== 'join') || (answer?.is !== 'here' && answer?.is !== 'joined')) return;
  const { visitId } = input as VisitRecord;
  const mine = after.visits.get(visitId)!.ticket;
  const queue = [...after.visits.values()].filter(({ stage }) => stage === 'waiting' || stage === 'offered');
  claim(answer.ahead, '[Q2] smaller tickets, away ones included').toBe(
    queue.filter(({ ticket }) => ticket < mine).length,
  );
}
