import type { Limits } from '@clbchat/shared/limits';
import { createCrowd } from './crowd.ts';
import type { Timers } from './timers.ts';

/** Sign-ins that strangers began and that wait for their answer: anybody may begin one, and each is kept for minutes. */
export interface Begun {
  /** @param forgets takes away what is kept of it, when others need its place */
  began(tag: string, forgets: () => void): void;
}

/** One address that begins many pushes out its own, oldest first [G57]. */
export function createBegun(
  { begunMax, begunPerTagMax, pendingMs }: Pick<Limits, 'begunMax' | 'begunPerTagMax' | 'pendingMs'>,
  timers: Timers,
): Begun {
  const crowd = createCrowd({ max: begunMax, shareMax: begunPerTagMax });
  return {
    began(tag, forgets) {
      const place = crowd.enter(tag, forgets);
      timers.after(pendingMs, () => place.leave());
    },
  };
}
