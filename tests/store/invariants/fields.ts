import { END_REASONS } from '@clbchat/shared/ids';
import type { DeskRecord, VisitRecord } from '@clbchat/server/live/record';
import { claim } from './claim.ts';
import { stays, gone, type Step } from './step.ts';

const words = (text: string) => text.trim().split(/\s+/).toSorted();

/** All that is remembered of a visit and of a desk. Whoever adds a field here adds it to the data inventory. */
const VISIT_FIELDS = words(`
  visitId stage away unanswered front ticket firstTicket role topic lang vnonce joinedMs first tok tokPrev conn node dropMs seenMs unloaded
  holder hold was offerTo offerNo offerByMs notBeforeMs tried openByMs handedMs openingMissed refusals talkedMs lastTextMs idleTold silentTold awayTold
  epoch epochNext keyWanted keyAskedMs keyOffer sealed shareV shareC rev seq streams frames`);
const DESK_FIELDS = words(
  'account status slots serves seat node dev certExpMs beatMs misses idleSinceMs presses rings held letGo',
);
const LIVE_FIELDS = words(
  'life visits queue line due desks rings ticketCounter offerCounter takes handouts lastHandoutMs tick rounds beyond awake sums over',
);

type TextField = { [F in keyof VisitRecord]: VisitRecord[F] extends string ? F : never }[keyof VisitRecord];
const CHARS: Partial<Record<TextField, number>> = {
  ...{ visitId: 22, vnonce: 43, first: 43, tok: 43, tokPrev: 43, node: 12, holder: 32, was: 32, offerTo: 32 },
  ...{ role: 6, topic: 13, lang: 2, keyOffer: 6_144, sealed: 194 },
};

/** Every field is a known one, and within its bound [P1]; hints go to fences that exist [R6 V3]. */
export function checkFields(step: Step): void {
  const { after, needs } = step;
  const { limits, rules } = needs;
  claim(Object.keys(after).toSorted(), '[P1] the store').toEqual(LIVE_FIELDS);
  claim(after.over.size, '[P1] ended visits').atMost(limits.overKeptMax);
  for (const visit of after.visits.values()) {
    claim(Object.keys(visit).toSorted(), '[P1] a visit').toEqual(VISIT_FIELDS);
    for (const [field, most] of Object.entries(CHARS)) {
      claim(visit[field as TextField].length, `[P1] ${field}`).atMost(most);
    }
    claim(visit.seq, '[P1] frames').atMost(limits.framesPerVisitMax);
    claim(visit.tried.length, '[P1] tried').atMost(limits.triedMax);
    claim(visit.epoch, '[P1] epochs').atMost(limits.epochsPerVisitMax);
    const epochs = [...visit.streams.keys()].map((key) => key.split(':')[0]);
    const most = Math.max(0, ...epochs.map((epoch) => epochs.filter((each) => each === epoch).length));
    claim(most, '[P1] streams of one side in one epoch').atMost(limits.streamsPerEpochMax);
  }
  for (const desk of after.desks.values()) {
    claim(Object.keys(desk).toSorted(), '[P1] a desk').toEqual(DESK_FIELDS);
    claim(desk.slots, '[P1] slots').atMost(rules.slotsMax);
  }
  claim(after.handouts.length, '[P1] hand-outs').atMost(limits.handoutsKept);
  const present = [...after.visits.values()].filter(({ away, unanswered }) => away === 'no' && !unanswered);
  if (step.name === 'join' && step.answer?.is === 'joined' && step.after.visits.size > step.before.visits.size) {
    const queued = present.filter(({ stage }) => stage === 'waiting' || stage === 'offered');
    claim(queued.length, '[P1] the line').atMost(rules.waitingMax);
  }
  checkHints(step);
}

/** A hint goes to the newest socket, to the one that was just replaced, or to one whose visit just ended. */
function checkHints(step: Step): void {
  const { before, after, answer } = step;
  for (const hint of answer?.hints ?? []) {
    if (hint.to === 'desk') {
      const is: DeskRecord | undefined = after.desks.get(hint.account);
      const seat = hint.event === 'desk:replaced' ? before.desks.get(hint.account)?.seat : is?.seat;
      claim(hint.seat, `[R6 L4] ${hint.event} to the seat that acts`).toBe(seat);
      continue;
    }
    const ended = hint.event === 'visit:stage' && hint.hint.stage === 'ended';
    const earlier = ended || hint.event === 'visit:replaced';
    const visit = (earlier ? before : after).visits.get(hint.visitId) ?? before.visits.get(hint.visitId);
    claim(hint.conn, `[R6 L4] ${hint.event} to the newest socket`).toBe(visit?.conn);
    claim(visit?.dropMs, `[R6] ${hint.event} to a socket that has not closed`).toBe(0);
    if (ended)
      claim(
        END_REASONS.some((reason) => reason === hint.hint.reason),
        'an end has a reason',
      ).toBe(true);
  }
  // A visit that changed place was told so, unless it has no socket or only began to ring.
  for (const { was, is } of stays(step)) {
    if (is.stage === was.stage || is.stage === 'offered' || is.dropMs > 0) continue;
    const hints = answer?.hints ?? [];
    const heard = hints.some(
      (hint) =>
        hint.to === 'visitor' &&
        hint.event === 'visit:stage' &&
        hint.hint.rev > was.rev &&
        hint.hint.stage === is.stage,
    );
    claim(heard, `[V2] ${was.stage} to ${is.stage} is told with a newer rev`).toBe(true);
  }
  for (const { holder, visitId } of gone(step)) {
    if (!holder) continue;
    const told = (answer?.hints ?? []).some(
      (hint) =>
        hint.to === 'desk' && hint.account === holder && hint.event === 'visit:stage' && hint.hint.visitId === visitId,
    );
    claim(told, '[V2] the holder is told of the end').toBe(true);
  }
}
