import type { Changed } from '../live/hint.ts';

export interface TickInput {
  /** what the hours say: from closing on, who waits is served or told [H1] */
  hours: { is: 'open' } | { is: 'draining'; sinceMs: number };
}

/** What time does to visits. Run every second by one of all processes [N73]; idempotent, so two at once do no harm. */
export interface RetentionStore {
  /**
   * Applies every deadline that has passed: rings, absences, silences, openings, leases, lengths, lifetimes.
   * Of those who only wait it looks at `dueAtOnceMax` at most, whoever was due first before the others; `more` asks the caller
   * to repeat at once.
   * After a gap of `tickGapMs` between two ticks nothing that depends on anybody's signs fires for `graceMs` [R5].
   */
  tick(input: TickInput): Promise<Changed & { grace: boolean; more: boolean }>;
}
