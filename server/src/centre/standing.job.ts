import type { Limits } from '@clbchat/shared/limits';
import { repeat } from '../edge/repeat.ts';
import type { Stop, Timers } from '../edge/timers.ts';
import { Problem } from '../kernel/failure.ts';
import type { Log } from '../kernel/log.ts';
import type { RecordsStore } from '../records/records.store.ts';
import type { Standing } from './standing.store.ts';

interface Needs {
  readonly records: Pick<RecordsStore, 'watch'>;
  readonly centre: Pick<Standing, 'reread'>;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits: Pick<Limits, 'sessionCheckEveryMs'>;
}

/** What a coordinator saved counts at every process at once; where the news got lost, within a minute. */
export function standingJob({ records, centre, timers, log, limits }: Needs): Stop {
  const name = 'settings';
  const forget = records.watch((changed) => {
    if (changed?.every(({ kind }) => kind !== 'settings')) return;
    centre.reread().catch((err: unknown) => {
      if (!(err instanceof Problem)) log.error('a job failed', { event: name, err });
    });
  });
  const stop = repeat({ timers, log, name, everyMs: limits.sessionCheckEveryMs }, () => centre.reread());
  return () => {
    forget();
    stop();
  };
}
