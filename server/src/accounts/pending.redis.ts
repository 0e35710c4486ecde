import { bind, type Scripting } from '../redis/script.ts';
import type { PendingStore } from './pending.store.ts';

const lua = (name: string) => new URL(`${name}.lua`, import.meta.url);

/** What was begun, on Redis. Contract: pending.store.ts; meaning: pending.model.ts. */
export function redisPending(scripting: Scripting): PendingStore {
  const keep = bind<{ is: 'kept' }>(scripting, { lua: lua('keepPending'), words: ['kept'] });
  const take = bind<{ is: 'taken'; text: string } | { is: 'none' }>(scripting, {
    lua: lua('takePending'),
    words: ['taken', 'none'],
  });
  return {
    keep: async (id, text, forMs) => void (await keep({ id, text, forMs })),
    putBack: async (id, text, forMs) => void (await keep({ id, text, forMs, back: true })),
    async take(id) {
      const taken = await take({ id });
      return taken.is === 'taken' ? taken.text : null;
    },
  };
}
