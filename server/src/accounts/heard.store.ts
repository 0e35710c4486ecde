import type { Limits } from '@clbchat/shared/limits';
import { Problem } from '../kernel/failure.ts';
import type { RecordsStore } from '../records/records.store.ts';
import type { Session } from './session.rules.ts';
import { heardOf } from './sessionsEnded.store.ts';

interface Needs {
  readonly records: Pick<RecordsStore, 'list' | 'write'>;
  readonly limits: Pick<Limits, 'sessionIdleMs' | 'sessionCheckEveryMs'>;
}

interface Hearing {
  /**
   * Her browser has the cookie of this one: no row of before has to lead to it any more, once the minute is over in which who lost an
   * answer goes on by that [A12 A30]. Noted at once: she may ask nothing more for as long as that row would lead to it. Never
   * rejects with Problem: what is not noted now is at her next request.
   */
  hears(session: Pick<Session, 'binding'>): Promise<void>;
  /** Of those that this process knows no more. */
  forget(isKnown: (binding: string) => boolean): void;
}

export function hearingOf({ records, limits }: Needs): Hearing {
  const noted = new Set<string>();
  return {
    async hears({ binding }) {
      if (noted.has(binding)) return;
      try {
        const changes = await heardOf(records, binding, limits);
        if (changes.length === 0 || (await records.write(changes, null)).is === 'written') noted.add(binding);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
      }
    },
    forget(isKnown) {
      for (const binding of noted) if (!isKnown(binding)) noted.delete(binding);
    },
  };
}
