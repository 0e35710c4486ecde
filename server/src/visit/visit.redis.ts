import { bind, type Scripting } from '../redis/script.ts';
import type { Attached, VisitStore } from './visit.store.ts';

type Answer<Name extends keyof VisitStore> = Awaited<ReturnType<VisitStore[Name]>>;

const lua = (name: string) => new URL(`${name}.lua`, import.meta.url);

/** Stays of visitors on Redis. Contract: visit.store.ts; meaning: visit.model.ts. */
export function redisVisit(scripting: Scripting): VisitStore {
  const seen = bind<Answer<'seen'>>(scripting, { lua: lua('seen'), words: [] });
  return {
    attach: bind<Attached>(scripting, { lua: lua('attach'), words: ['attached', 'token_used', 'full_house', 'lost'] }),
    reissue: bind<Attached>(scripting, {
      lua: lua('reissue'),
      words: ['attached', 'token_used', 'full_house', 'lost'],
    }),
    drop: bind<Answer<'drop'>>(scripting, { lua: lua('drop'), words: ['dropped', 'stale'] }),
    unload: bind<Answer<'unload'>>(scripting, { lua: lua('unload'), words: ['noted', 'token_used', 'lost'] }),
    seen: async (sockets) => (sockets.length > 0 ? seen({ sockets }) : { atDesk: [] }),
    state: bind<Answer<'state'>>(scripting, { lua: lua('state'), words: ['state', 'lost', 'replaced'] }),
    end: bind<Answer<'end'>>(scripting, {
      lua: lua('end'),
      words: ['ended', 'token_used', 'replaced', 'not_yours', 'lost'],
    }),
  };
}
