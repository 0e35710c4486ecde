import type { Digest } from '@clbchat/shared/ids';
import type { StoreNeeds } from '../kernel/needs.ts';
import type { PendingStore } from './pending.store.ts';

/** In the process's memory: the meaning of both commands. */
export function memoryPending({ clock }: Pick<StoreNeeds, 'clock'>): PendingStore {
  const begun = new Map<Digest, { readonly text: string; readonly untilMs: number }>();
  // in the order in which they were begun, so that nothing is looked at that stands behind one in its time
  const broom = () => {
    for (const [id, { untilMs }] of begun) {
      if (untilMs > clock.nowMs()) return;
      begun.delete(id);
    }
  };
  const keep: PendingStore['keep'] = async (id, text, forMs) => {
    broom();
    begun.delete(id);
    begun.set(id, { text, untilMs: clock.nowMs() + forMs });
  };
  return {
    keep,
    async keepFirst(id, text, forMs) {
      const there = begun.get(id);
      if (there && there.untilMs > clock.nowMs()) return there.text;
      await keep(id, text, forMs);
      return text;
    },
    async take(id) {
      const found = begun.get(id);
      begun.delete(id);
      return found && found.untilMs > clock.nowMs() ? found.text : null;
    },
  };
}
