import type { Digest } from '@clbchat/shared/ids';
import type { StoreNeeds } from '../kernel/needs.ts';
import type { PendingStore } from './pending.store.ts';

/** In the process's memory: the meaning of both commands. */
export function memoryPending({ clock }: Pick<StoreNeeds, 'clock'>): PendingStore {
  const begun = new Map<Digest, { readonly text: string; readonly untilMs: number }>();
  const broom = () => {
    for (const [id, { untilMs }] of begun) if (untilMs <= clock.nowMs()) begun.delete(id);
  };
  return {
    async keep(id, text, forMs) {
      broom();
      begun.set(id, { text, untilMs: clock.nowMs() + forMs });
    },
    async take(id) {
      broom();
      const found = begun.get(id);
      begun.delete(id);
      return found?.text ?? null;
    },
  };
}
