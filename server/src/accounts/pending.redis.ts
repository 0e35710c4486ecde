import { bind, type Scripting } from '../redis/script.ts';
import type { PendingStore } from './pending.store.ts';

const lua = (name: string) => new URL(`${name}.lua`, import.meta.url);

/** What was begun, on Redis. Contract: pending.store.ts; meaning: pending.model.ts. */
export function redisPending(scripting: Scripting): PendingStore {
  const keep = bind<{ is: 'kept' } | { is: 'there'; text: string }>(scripting, {
    lua: lua('keepPending'),
    words: ['kept', 'there'],
  });
  const take = bind<{ is: 'taken'; text: string } | { is: 'none' }>(scripting, {
    lua: lua('takePending'),
    words: ['taken', 'none'],
  });
  return {
    keep: async (id, text, forMs) => void (await keep({ id, text, forMs })),
    async keepFirst(id, text, forMs) {
      const kept = await keep({ id, text, forMs, first: true });
      return kept.is === 'there' ? kept.text : text;
    },
    async take(id) {
      const taken = await take({ id });
      return taken.is === 'taken' ? taken.text : null;
    },
  };
}
