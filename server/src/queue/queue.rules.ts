import type { Range } from '@clbchat/shared/protocol/wire';
import type { Door } from '@clbchat/shared/hours/hours';
import type { Handout, VisitRecord } from '../live/record.ts';
import { choose, freeFor, hasRoom, type Seat, type Wish } from '../routing/routing.rules.ts';

const ROUND_MIN = 5;

const roundUp = (minutes: number): number => Math.ceil(minutes / ROUND_MIN) * ROUND_MIN;

/** What whoever waits is told. */
export interface Wait {
  readonly ahead: number;
  readonly range: Range;
  readonly staffed: boolean;
}

const MOVED_PART = 0.05;

/** Whether it says something that this visitor was not told: at the front each step, behind only what somebody would notice [Q13]. */
export function isNews(told: Wait | undefined, { ahead, range, staffed }: Wait, exactPlaces: number): boolean {
  if (!told || told.staffed !== staffed) return true;
  if (told.range?.fromMin !== range?.fromMin || told.range?.toMin !== range?.toMin) return true;
  if (ahead < exactPlaces) return ahead !== told.ahead;
  return Math.abs(ahead - told.ahead) >= told.ahead * MOVED_PART;
}

/** The value below which this part of the sorted numbers lies; nearest rank. */
function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)]!;
}

/**
 * How long it usually takes until a visit talks [Q10]: hand-outs × what passes between them, from the median to the
 * 80th percentile, in minutes rounded up to five. Never a countdown.
 *
 * @param turns Hand-outs up to its own, of `turnsIn`; 0 = somebody is free for it, so that no sample tells anything [Q9].
 * @param seconds Between hand-outs, of `countingSince`.
 * @returns null when there are too few samples or nobody is at work: then nobody knows.
 */
export function estimate(turns: number, seconds: readonly number[], samplesMin: number, staffed: boolean): Range {
  if (!staffed || seconds.length < samplesMin) return null;
  if (turns === 0) return { fromMin: 0, toMin: 0 };
  const sorted = seconds.toSorted((a, b) => a - b);
  const minutes = (part: number) => (turns * percentile(sorted, part)) / 60;
  const fromMin = Math.max(0, roundUp(minutes(0.5)) - ROUND_MIN);
  return { fromMin, toMin: Math.max(fromMin + ROUND_MIN, roundUp(minutes(0.8))) };
}

/**
 * What passed since the hand-out before, when it tells how long waiting takes: only if this visit waited all that time.
 * Otherwise it tells how often somebody comes [Q8]. Whom a counsellor had before was at a desk meanwhile, or owed an
 * answer, and not in the line.
 */
export function handoutAt(
  now: number,
  lastMs: number,
  { joinedMs, front }: Pick<VisitRecord, 'joinedMs' | 'front'>,
): Handout | null {
  return front === '' && lastMs > 0 && joinedMs <= lastMs ? { fromMs: lastMs, toMs: now } : null;
}

/** The seconds of those that began in this stretch of the opening hours: another evening has other counsellors [Q8]. */
export const countingSince = (handouts: readonly Handout[], openedMs: number): number[] =>
  handouts.filter(({ fromMs }) => fromMs >= openedMs).map(({ fromMs, toMs }) => Math.round((toMs - fromMs) / 1_000));

type Waiter = Wish & Pick<VisitRecord, 'stage' | 'away' | 'unanswered' | 'was' | 'joinedMs'>;

export interface Turns {
  /** Ask for every visit of the line, smallest ticket first: the free counsellor that it gets is no longer free for the next. */
  of(visit: Waiter): number;
  /** While nobody is free, those who were not asked get none either, and it is enough to count them. */
  anybodyFree(): boolean;
  /** One of the queue, behind those who were asked; nobody is less free for it. @param uncounted visits of the line before it that were not asked */
  at(visit: Waiter, uncounted: number): number;
  /** Somebody who came now, behind all of them; without a wish it is for whoever is free. */
  ofNewcomer(wish?: Wish, uncounted?: number): number;
}

/**
 * How many hand-outs each visit waits for. Who rings, or has somebody free, waits for none and holds up nobody; who is
 * away or owes an answer holds up nobody either, since it is not offered [Q10 Q9].
 */
export function turnsIn(desks: readonly Seat[], now: number, fallbackAfterMs: number): Turns {
  const seats = desks.map((seat) => ({ ...seat }));
  let inFront = 0;
  const freeSeat = (wish: Wish, was: Waiter['was'], waitedMs: number) =>
    choose(freeFor(seats, wish, waitedMs, fallbackAfterMs), was);
  const seatFor = (visit: Waiter) => freeSeat(visit, visit.was, now - visit.joinedMs);
  return {
    of(visit) {
      if (visit.stage === 'offered') return 0;
      const seat = seatFor(visit);
      if (visit.away !== 'no' || visit.unanswered) return seat ? 0 : inFront + 1;
      if (!seat) return (inFront += 1);
      seat.load += 1;
      return 0;
    },
    anybodyFree: () => seats.some(hasRoom),
    at: (visit, uncounted) => (visit.stage === 'offered' || seatFor(visit) ? 0 : inFront + uncounted + 1),
    ofNewcomer(wish, uncounted = 0) {
      const served = wish ? freeSeat(wish, '', 0) !== undefined : seats.some(hasRoom);
      return served ? 0 : inFront + uncounted + 1;
    },
  };
}

/** The hand-outs that count for a refusal: what one address has in front beyond its share refuses nobody else [N44]. */
export const turnsWithout = (beyond: number, turns: number): number => (turns === 0 ? 0 : Math.max(1, turns - beyond));

interface Asking {
  readonly door: Door;
  /** present, those who ring included */
  readonly waiting: number;
  /** of them, what other addresses have beyond their share */
  readonly beyond?: number;
  readonly waitingMax: number;
  readonly range: Range;
  readonly fullEstimateMs: number;
}

/** Why whoever comes now gets no ticket [H1 H4]; null = it gets one. An unknown estimate refuses nobody. */
export function refusalOf(asking: Asking): 'closed' | 'closing' | 'full' | null {
  const { door, waiting, beyond = 0, waitingMax, range, fullEstimateMs } = asking;
  if (door.is === 'closed') return 'closed';
  if (door.is === 'closing' && waiting > 0) return 'closing';
  if (waiting - beyond >= waitingMax) return 'full';
  return tooLong(range, fullEstimateMs, door.closesInMs) ? 'full' : null;
}

/** Whether whoever joins now would wait longer than allowed, or than there is time [PRODUCT: queue full]. */
export function tooLong(range: Range, fullEstimateMs: number, closesInMs: number | null): boolean {
  if (!range) return false;
  const ms = range.toMin * 60_000;
  return ms > fullEstimateMs || (closesInMs !== null && range.fromMin * 60_000 > closesInMs);
}
