import type { Digest } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import type { Rules } from '../kernel/needs.ts';
import type { VisitRecord } from '../live/record.ts';

type Tokens = Pick<VisitRecord, 'tok' | 'tokPrev'>;

/**
 * What presenting a token changes [A17]. The current one lets in and becomes the one before; the one before lets in
 * while the current was never presented (its answer was lost), and then only the current one is replaced.
 *
 * @returns null when the token is neither: it was used up.
 */
export function presented({ tok, tokPrev }: Tokens, token: Digest, next: Digest): Tokens | null {
  if (token === tok) return { tok: next, tokPrev: tok };
  if (token === tokPrev) return { tok: next, tokPrev };
  return null;
}

/**
 * Whether a CONNECT has let a socket in before: each one brings a `next` of its own, and repeats it until it is answered.
 * Come again while that socket or a newer one is there, it was late in the network, and displaces nobody [L4].
 */
export const isLate = ({ tok, tokPrev, dropMs }: Tokens & Pick<VisitRecord, 'dropMs'>, next: Digest): boolean =>
  dropMs === 0 && (next === tok || next === tokPrev);

/** Whether the room that is left is not for this one: it waits, and has no socket at this process whose place it would take [N26]. */
export const isKeptOut = (
  { stage, dropMs, node }: Pick<VisitRecord, 'stage' | 'dropMs' | 'node'>,
  own: string,
  short = false,
): boolean => short && stage === 'waiting' && (dropMs > 0 || node !== own);

/** When a visitor without a sign of life is gone: milliseconds after its last sign [Q6, rows 35 and 36]. */
export function keepMs({ stage, unloaded }: Pick<VisitRecord, 'stage' | 'unloaded'>, rules: Rules): number {
  if (unloaded) return rules.unloadKeepMs;
  return stage === 'talking' ? rules.talkingKeepMs : rules.waitingKeepMs;
}

/** Has a ticket and is at no desk yet. */
export const inQueue = ({ stage }: Pick<VisitRecord, 'stage'>): boolean => stage === 'waiting' || stage === 'offered';

/** In the line: offered to whoever is free, smallest ticket first. The others in the queue keep their ticket [V1 Q6 Q7]. */
export const inLine = ({ stage, away, unanswered }: Pick<VisitRecord, 'stage' | 'away' | 'unanswered'>): boolean =>
  stage === 'waiting' && away === 'no' && !unanswered;

/** Whom an opening without a key in time waited for: the visitor from her key offer until its sealed key [Q7]. */
export const owesAnswer = ({ keyOffer, sealed }: Pick<VisitRecord, 'keyOffer' | 'sealed'>): boolean =>
  keyOffer !== '' && sealed === '';

/** What the counsellor knows of the visitor's socket: gone, or without a sign for so long that she was told. */
export const peerOf = ({ dropMs, awayTold }: Pick<VisitRecord, 'dropMs' | 'awayTold'>): 'here' | 'away' =>
  dropMs > 0 || awayTold ? 'away' : 'here';

/** What both sides are told while nobody writes: when the conversation ends; nothing before that is asked about [R8]. */
export function idleLeft(
  { stage, lastTextMs }: Pick<VisitRecord, 'stage' | 'lastTextMs'>,
  now: number,
  { idleAskMs, silenceMs }: Pick<Rules, 'idleAskMs' | 'silenceMs'>,
): { idleLeftMs?: number } {
  const quiet = now - lastTextMs;
  return stage === 'talking' && quiet >= idleAskMs ? { idleLeftMs: Math.max(0, silenceMs - quiet) } : {};
}

type Signs = Pick<VisitRecord, 'unloaded' | 'dropMs' | 'seenMs'>;

/** From when on `isAbsent` holds, unless a sign comes. */
const absentFrom = ({ unloaded, dropMs, seenMs }: Signs, limits: Limits): number => {
  if (unloaded) return 0;
  return dropMs > 0 ? dropMs + limits.awayAfterMs : seenMs + limits.seenLateMs;
};

/**
 * Without a socket for so long that nobody should be rung for it, or from the goodbye of its page on, which no bad network
 * can have said [D18]; a node that died cannot say that its sockets went.
 */
export const isAbsent = (visit: Signs, now: number, limits: Limits): boolean => now >= absentFrom(visit, limits);

/**
 * When time has something to say of a visit that waits, at the earliest, if nobody else says anything before: it is absent, or
 * back, or gone; its earlier conversation is too old to be kept; it has lasted too long.
 *
 * @param graceUntilMs before it a silence that has lasted long enough says nothing [R5]
 */
export function dueOf(visit: VisitRecord, now: number, graceUntilMs: number, limits: Limits, rules: Rules): number {
  const { joinedMs, dropMs, seenMs, away, frames } = visit;
  const absent = absentFrom(visit, limits);
  if (away !== 'no' && dropMs === 0 && now < absent) return now; // there was a sign
  const silent = away === 'no' ? absent : Math.max(absent, (dropMs || seenMs) + keepMs(visit, rules));
  return Math.min(
    joinedMs + limits.visitMs,
    frames[0] ? frames[0].atMs + limits.frameMs : Infinity,
    silent > now ? silent : Math.max(silent, graceUntilMs),
  );
}
