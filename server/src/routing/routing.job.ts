import type { After } from '../edge/after.ts';
import type { Log } from '../kernel/log.ts';
import type { RoutingStore } from './routing.store.ts';

interface Needs {
  readonly routing: RoutingStore;
  readonly after: After;
  readonly log: Log;
}

/** Rounds that one kick may take: each makes up to `offersPerMatchMax` offers. The next second has another kick. */
const ROUNDS_MAX = 64;

export interface Matching {
  /** A place or a visitor became free. Kicks while it runs are one more run. */
  kick(): void;
}

/** Who waits meets who is free, as soon as something changed. */
export function matching({ routing, after, log }: Needs): Matching {
  let running = false;
  let again = false;

  async function run(): Promise<void> {
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const matched = await routing.match();
      after({ hints: matched.hints });
      if (!matched.more) return;
    }
  }

  const kick = () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    run()
      .catch((err: unknown) => log.error('a job failed', { event: 'routing:match', err }))
      .finally(() => {
        running = false;
        if (!again) return;
        again = false;
        kick();
      });
  };
  return { kick };
}
