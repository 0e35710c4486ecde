import type { Changed } from '../live/hint.ts';
import { bind, type Scripting } from '../redis/script.ts';
import { onTime } from '../redis/skew.ts';
import type { RetentionStore } from './retention.store.ts';

type Ticked = ({ is: 'ticked'; grace: boolean; more: boolean } & Changed) | { is: 'clock_off' };

/** What time does to visits, on Redis. Contract: retention.store.ts; meaning: retention.model.ts. */
export function redisRetention(scripting: Scripting): RetentionStore {
  const tick = bind<Ticked>(scripting, { lua: new URL('tick.lua', import.meta.url), words: ['ticked', 'clock_off'] });
  return {
    async tick({ hours }) {
      const { is: _is, ...answer } = await onTime(scripting, () => tick({ hours }));
      return answer;
    },
  };
}
