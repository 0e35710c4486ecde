import type { QueueRow } from '@clbchat/shared/protocol/counsellor';
import { bind, type Scripting } from '../redis/script.ts';
import type { Joined, Places, QueueFacts, QueueStore } from './queue.store.ts';

const lua = (name: string) => new URL(`${name}.lua`, import.meta.url);

/** The line of visits on Redis. Contract: queue.store.ts; meaning: queue.model.ts. */
export function redisQueue(scripting: Scripting): QueueStore {
  const facts = bind<QueueFacts>(scripting, { lua: lua('facts'), words: [] });
  const tell = bind<{ is: 'told' }>(scripting, { lua: lua('tell'), words: ['told'] });
  const places = bind<Places>(scripting, { lua: lua('places'), words: [] });
  const rows = bind<{ rows: QueueRow[] }>(scripting, { lua: lua('rows'), words: [] });
  return {
    join: bind<Joined>(scripting, {
      lua: lua('join'),
      words: ['joined', 'closed', 'closing', 'full', 'not_yours', 'token_used'],
    }),
    here: bind<Awaited<ReturnType<QueueStore['here']>>>(scripting, {
      lua: lua('here'),
      words: ['here', 'stage', 'lost', 'replaced'],
    }),
    facts: () => facts({}),
    tell: async (beyond, forMs) => void (await tell({ beyond, forMs })),
    places: (visitIds) => places({ visitIds }),
    rows: async (rowsMax) => (await rows({ rowsMax })).rows,
  };
}
