import { bind, type Scripting } from '../redis/script.ts';
import { clockOff } from '../redis/skew.ts';
import type { SumsStore } from './sums.store.ts';

type Closed = { is: 'closed'; sums: string } | { is: 'clock_off' };

/** Sums on Redis. Contract: sums.store.ts; meaning: sums.model.ts. */
export function redisSums(scripting: Scripting): SumsStore {
  const lua = (name: string) => new URL(`${name}.lua`, import.meta.url);
  const close = bind<Closed>(scripting, { lua: lua('close'), words: ['closed', 'clock_off'] });
  const forget = bind<{ is: 'forgotten' }>(scripting, { lua: lua('forget'), words: ['forgotten'] });
  return {
    async close(hour) {
      const closed = await close({ hour });
      if (closed.is === 'clock_off') throw clockOff();
      const hours = new Map<number, Record<string, number>>();
      for (const line of closed.sums.split('\n')) {
        const [at, name, count] = line.split(' ');
        if (name === undefined) continue;
        const counts = hours.get(Number(at)) ?? {};
        counts[name] = Number(count);
        hours.set(Number(at), counts);
      }
      return [...hours].toSorted(([a], [b]) => a - b).map(([at, counts]) => ({ hour: at, counts }));
    },
    async forget(hour) {
      await forget({ hour });
    },
  };
}
