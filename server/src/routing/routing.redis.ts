import { bind, type Scripting } from '../redis/script.ts';
import { onTime } from '../redis/skew.ts';
import type { RoutingStore } from './routing.store.ts';

type Answer<Name extends keyof RoutingStore> = Awaited<ReturnType<RoutingStore[Name]>>;
type Matched = ({ is: 'matched' } & Answer<'match'>) | { is: 'clock_off' };

const lua = (name: string) => new URL(`${name}.lua`, import.meta.url);

/** Who gets whom, on Redis. Contract: routing.store.ts; meaning: routing.model.ts. */
export function redisRouting(scripting: Scripting): RoutingStore {
  const match = bind<Matched>(scripting, { lua: lua('match'), words: ['matched', 'clock_off'] });
  return {
    async match() {
      const { is: _is, ...answer } = await onTime(scripting, () => match({}));
      return answer;
    },
    accept: bind<Answer<'accept'>>(scripting, {
      lua: lua('accept'),
      words: ['accepted', 'gone', 'no_cert', 'not_available', 'replaced', 'lost'],
    }),
    decline: bind<Answer<'decline'>>(scripting, {
      lua: lua('decline'),
      words: ['declined', 'gone', 'replaced', 'lost'],
    }),
    take: bind<Answer<'take'>>(scripting, {
      lua: lua('take'),
      words: [
        'taken_over',
        'taken',
        'not_ready',
        'no_slot',
        'not_available',
        'no_cert',
        'nobody_waiting',
        'replaced',
        'lost',
      ],
    }),
    release: bind<Answer<'release'>>(scripting, {
      lua: lua('release'),
      words: ['released', 'not_away', 'lost', 'replaced', 'not_yours'],
    }),
  };
}
