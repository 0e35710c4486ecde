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

/** When a visitor without a sign of life is gone: milliseconds after its last sign [Q6, rows 35 and 36]. */
export function keepMs({ stage, unloaded }: Pick<VisitRecord, 'stage' | 'unloaded'>, rules: Rules): number {
  if (unloaded) return rules.unloadKeepMs;
  return stage === 'talking' ? rules.talkingKeepMs : rules.waitingKeepMs;
}

/** Without a socket for so long that nobody should be rung for it; a node that died cannot say that its sockets went. */
export function isAbsent(
  { dropMs, seenMs }: Pick<VisitRecord, 'dropMs' | 'seenMs'>,
  now: number,
  limits: Limits,
): boolean {
  return dropMs > 0 ? now - dropMs >= limits.awayAfterMs : now - seenMs >= limits.seenLateMs;
}
