/**
 * Every reason for which the service refuses a request, and what the client does next.
 * Only the code crosses the wire; the sentence that a person reads lives in the browser's words.
 *
 * - `give-up` asking again cannot help · `wait` later it may · `retry` the same again, soon
 * - `repair` the client has a defined next step of its own
 */
type Then = 'give-up' | 'wait' | 'retry' | 'repair';

export const PROBLEMS = {
  malformed: 'give-up',
  not_yours: 'give-up',
  ended: 'give-up',
  replaced: 'give-up',
  stage: 'give-up',
  frame_bad: 'give-up',
  log_full: 'give-up',
  taken: 'give-up',
  gone: 'give-up',
  nobody_waiting: 'give-up',
  not_away: 'give-up',
  not_available: 'give-up',
  no_cert: 'give-up',
  has_conversations: 'give-up',

  closed: 'wait',
  closing: 'wait',
  full: 'wait',
  full_house: 'wait',
  no_slot: 'wait',
  not_ready: 'wait',
  no_key: 'wait',
  elsewhere: 'wait',

  too_fast: 'retry',
  unavailable: 'retry',

  token_used: 'repair',
  lost: 'repair',
  stale_epoch: 'repair',
  out_of_order: 'repair',
  streams_full: 'repair',
  diverged: 'repair',
} as const satisfies Record<string, Then>;

export type ProblemCode = keyof typeof PROBLEMS;

export const isProblemCode = (value: unknown): value is ProblemCode =>
  typeof value === 'string' && Object.hasOwn(PROBLEMS, value);
