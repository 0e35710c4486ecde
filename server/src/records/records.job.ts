import type { Limits } from '@clbchat/shared/limits';
import { repeat } from '../edge/repeat.ts';
import type { Stop, Timers } from '../edge/timers.ts';
import type { Log } from '../kernel/log.ts';
import { older } from './audit.rules.ts';
import type { RecordsStore } from './records.store.ts';

interface Needs {
  readonly records: RecordsStore;
  readonly nowMs: () => number;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits: Pick<Limits, 'recordsSweepEveryMs' | 'auditKeptMs'>;
}

/** What is past its end, and acts of more than a year ago, go from the disk by themselves, on every node [A2 A4]. */
export const recordsJob = ({ records, nowMs, timers, log, limits }: Needs): Stop =>
  repeat({ timers, log, name: 'records', everyMs: limits.recordsSweepEveryMs }, async () => {
    const by = older(await records.audit(), nowMs() - limits.auditKeptMs);
    if (by.entries > 0) await records.shorten(by);
    await records.sweep(); // last: it has the disk written anew
  });
