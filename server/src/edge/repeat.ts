import { Problem } from '../kernel/failure.ts';
import type { Log } from '../kernel/log.ts';
import type { Stop, Timers } from './timers.ts';

interface Job {
  readonly timers: Timers;
  readonly log: Log;
  /** how the log calls it */
  readonly name: string;
  readonly everyMs: number;
}

/**
 * Runs a job again and again, never twice at once: while one run takes long the next ones are left out.
 * A run that fails changes nothing about the next, and is logged; but for a store that does not answer, which was
 * said once when it went.
 */
export function repeat({ timers, log, name, everyMs }: Job, run: () => Promise<void>): Stop {
  let running = false;
  return timers.every(everyMs, () => {
    if (running) return;
    running = true;
    run()
      .catch((err: unknown) => {
        if (!(err instanceof Problem)) log.error('a job failed', { event: name, err });
      })
      .finally(() => (running = false));
  });
}
