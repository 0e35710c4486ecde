import type { ProblemCode } from '@clbchat/shared/problem';

/**
 * An expected refusal, thrown where returning it would need more than one hop.
 * The edge turns it into an answer. It is not logged: nothing went wrong.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;

  constructor(code: ProblemCode, options?: { cause: unknown }) {
    super(code, options);
    this.code = code;
  }
}

/**
 * A broken assumption of ours, never the caller's doing. Only the edges catch it, log it and answer `unavailable`.
 * Its message reaches the log, so it may not hold anything that came over the wire.
 */
export class Bug extends Error {
  override readonly name = 'Bug';
}
