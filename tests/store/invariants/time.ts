import type { TickInput } from '@clbchat/server/retention/retention.store';
import type { VisitRecord } from '@clbchat/server/live/record';
import { claim } from './claim.ts';
import { answersAt } from './routing.ts';
import { gone, stays, type Step } from './step.ts';

/** What a tick may do and what it must have done [V6 Q6 R4 R5 R7 H1]. */
export function checkTime(step: Step): void {
  if (step.name === 'join') checkDoor(step);
  if (step.name !== 'tick') return;
  const { before, after, now, needs, answer, input } = step;
  const { limits, rules } = needs;
  const paused = before.tick.atMs > 0 && Math.abs(now - before.tick.atMs) > limits.tickGapMs;
  const grace = paused || now < before.tick.graceUntilMs;
  claim(answer?.grace, '[R5] grace after a pause, for so long').toBe(grace);
  if (answer?.more) return; // of some it has not looked yet

  for (const visit of after.visits.values()) {
    const { stage, away, joinedMs, dropMs, seenMs, offerByMs, openByMs, talkedMs, lastTextMs, frames } = visit;
    claim(now - joinedMs, '[V6] no visit outlives its token').below(limits.visitMs);
    for (const { atMs } of frames) claim(now - atMs, '[P1] frames go in time').below(limits.frameMs);
    const absent = dropMs > 0 && now - dropMs >= limits.awayAfterMs;
    const silent = dropMs === 0 && now - seenMs >= limits.seenLateMs && !grace;
    if (stage === 'waiting') claim(away === 'no' && (absent || silent), '[Q6 R4] absent is away').toBe(false);
    if (stage === 'offered') {
      claim(offerByMs, '[R4] a ring ends in time').above(now);
      claim(absent || silent, '[R4 Q6] nobody is rung for who went away').toBe(false);
      checkDeskOfRing(step, visit);
    }
    if (grace) continue;
    if (stage === 'opening') claim(openByMs, '[K4] an opening ends in time').above(now);
    const since = absent || silent ? dropMs || seenMs : 0;
    if (since > 0 && stage !== 'opening') claim(now - since, '[Q6] ended or back in time').below(keepOf(visit, step));
    if (stage === 'talking') {
      claim(now - talkedMs, '[V6] no conversation without end').below(rules.lengthMaxMs);
      claim(now - lastTextMs, '[V6] no silence without end').below(rules.silenceMs);
    }
    if (visit.holder)
      claim(now - after.desks.get(visit.holder)!.beatMs, '[R7] released in time').below(rules.releaseMs);
  }
  for (const { was, is } of stays(step)) if (was.holder && !is.holder) checkRelease(step, was, grace);
  for (const visit of gone(step)) checkEnd(step, visit, grace);
  if (hoursOver(step, input as TickInput)) {
    claim(
      [...after.visits.values()].filter(({ stage }) => stage === 'waiting'),
      '[H1] told in time',
    ).toEqual([]);
  }
}

const keepOf = ({ unloaded, stage }: VisitRecord, { needs: { rules } }: Step): number =>
  unloaded ? rules.unloadKeepMs : stage === 'talking' ? rules.talkingKeepMs : rules.waitingKeepMs;

function checkDeskOfRing({ after, now, needs }: Step, { offerTo }: VisitRecord): void {
  const desk = offerTo && after.desks.get(offerTo);
  const rings =
    desk && desk.status === 'available' && now - desk.beatMs <= needs.limits.pulseLateMs && desk.certExpMs > now;
  claim(rings, '[R3] no ring at a desk that does not answer').toBe(true);
}

/** Taken from a counsellor by time: only when she was silent for so long, or the opening had passed. */
function checkRelease({ before, after, now, needs }: Step, was: VisitRecord, grace: boolean): void {
  claim(grace, '[R5] nothing is released during grace').toBe(false);
  const age = now - before.desks.get(was.holder as never)!.beatMs;
  const passed = was.stage === 'opening' && now >= was.openByMs;
  const { unanswered, front } = after.visits.get(was.visitId)!;
  if (age >= needs.rules.releaseMs) return claim(front, '[R11] her console was silent').toBe('counsellor_gone');
  claim(passed, '[R7] released, not before its time').toBe(true);
  claim(unanswered, '[Q7] who was asked owes an answer, nobody else').toBe(was.keyOffer !== '' && was.sealed === '');
  const why = unanswered ? 'unanswered' : 'unopened';
  if (front !== 'visitor_away') claim(front, '[R11] one cause, one word').toBe(why);
}

function checkEnd(step: Step, was: VisitRecord, grace: boolean): void {
  const { now, needs, input } = step;
  const swept = now - was.joinedMs >= needs.limits.visitMs;
  const closed = (input as TickInput).hours.is === 'draining';
  if (was.holder && grace) claim(swept, '[R5 H1] no conversation ends during grace').toBe(true);
  if (grace) return claim(swept || closed, '[R5] no silence ends a visit during grace').toBe(true);
  const since = was.dropMs || was.seenMs;
  const released = was.holder && now - step.before.desks.get(was.holder)!.beatMs >= needs.rules.releaseMs;
  const absent = now - since >= keepOf(released ? { ...was, stage: 'waiting' } : was, step);
  const long =
    was.talkedMs > 0 &&
    (now - was.lastTextMs >= needs.rules.silenceMs || now - was.talkedMs >= needs.rules.lengthMaxMs);
  claim(swept || closed || absent || long, '[Q6 H1] ended by no rule').toBe(true);
}

const hoursOver = ({ now, needs: { rules } }: Step, { hours }: TickInput): boolean =>
  hours.is === 'draining' && now - hours.sinceMs >= rules.drainAfterMs;

function checkDoor(step: Step): void {
  const { input, answer, before, after } = step;
  const { visitId, door } = input as { visitId: VisitRecord['visitId']; door: { is: string } };
  if (before.visits.has(visitId)) return;
  if (door.is === 'closed') claim(answer?.is, '[H1] no ticket outside the hours').toBe('closed');
  const waits = [...before.visits.values()].some(
    ({ stage, away, unanswered }) => away === 'no' && !unanswered && (stage === 'waiting' || stage === 'offered'),
  );
  if (door.is === 'closing' && waits) claim(answer?.is, '[H1] no ticket after last entry').toBe('closing');
  const free = [...before.desks.values()].some(
    (desk) => answersAt(step, desk) && desk.serves === null && desk.held.size + desk.rings.size < desk.slots,
  );
  if (door.is === 'open' && !waits && free) claim(answer?.is, '[Q9] somebody is free for it').notToBe('full');
  if (answer?.is !== 'joined') claim(after.visits.has(visitId), '[V8] refused at the door').toBe(false);
}
