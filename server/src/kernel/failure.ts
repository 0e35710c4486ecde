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

/** @throws Bug */
export function invariant(holds: boolean, broken: string): asserts holds {
  if (!holds) throw new Bug(broken);
}

/**
 * Makes the compiler name every case that a switch forgot.
 *
 * @throws Bug, with the kind of what was left but not its content.
 */
export function unreachable(left: never): never {
  throw new Bug(`a case was forgotten (${typeof left})`);
}
