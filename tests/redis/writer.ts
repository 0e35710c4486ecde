import { createHash } from 'node:crypto';
import { systemClock } from '@clbchat/server/kernel/clock';
import { act } from '@clbchat/server/records/acts.store';
import { openRecords } from '@clbchat/server/records/open.redis';
import type { Change, RecordsStore } from '@clbchat/server/records/records.store';
import { openClient } from '@clbchat/server/redis/client';

/** A step of a writer: several of its own rows at once, most of them with an entry in the log. */
export interface Step {
  readonly writer: string;
  /** unique; stands in every row of the step, and in its entry */
  readonly name: string;
  /** null where the row goes */
  readonly rows: Readonly<Record<string, string | null>>;
  readonly entry: boolean;
}
/** What the writing process prints, a line each: what it is about to ask, and afterwards that it was answered. */
export type Line = { readonly asks: Step } | { readonly answered: string; readonly rev: number };

export const WRITERS = ['ann', 'bea', 'cas'] as const;
const ROWS = 4;

/** The same step for the same name, whatever happened before. */
function stepOf(writer: string, name: string): Step {
  const dice = [...createHash('sha256').update(name).digest()];
  const first = (dice[0] ?? 0) % ROWS; // one row that surely says whether the step is there
  const rows: Record<string, string | null> = {};
  for (let row = 0; row < ROWS; row += 1) {
    const cast = (dice[row + 1] ?? 0) % 4;
    if (row === first || cast > 1) rows[`${writer}-${row}`] = JSON.stringify({ name, rest: 'x'.repeat(dice[9] ?? 0) });
    else if (cast === 1) rows[`${writer}-${row}`] = null;
  }
  return { writer, name, rows, entry: (dice[8] ?? 0) % 3 > 0 };
}

// synchronous on a pipe: what was said is said, also by a process that is killed in its next breath
const say = (line: Line): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

async function write(records: RecordsStore, writer: string, round: string): Promise<never> {
  const revs = new Map((await records.list('account')).map(({ id, rev }) => [id, rev]));
  for (let number = 0; ; number += 1) {
    const step = stepOf(writer, `${writer} ${round} ${number}`);
    const changes = Object.entries(step.rows).map(([id, text]): Change => ({
      kind: 'account',
      id,
      text,
      rev: revs.get(id) ?? 0,
    }));
    say({ asks: step });
    const acted = { by: writer, act: 'account_made', about: step.name } as const;
    const written = await (step.entry
      ? act(records, systemClock.nowMs(), changes, acted)
      : records.write(changes, null));
    if (written.is !== 'written') throw new Error(`${step.name}: ${written.is}`);
    say({ answered: step.name, rev: written.rev });
    for (const [id, text] of Object.entries(step.rows)) revs.set(id, text === null ? 0 : written.rev);
  }
}

/** Several writers at once, until this process is killed or the records are. */
export async function writeUntilKilled(url: string, tag: string, round: string): Promise<void> {
  const { redis } = await openClient('RECORDS_REDIS_URL', url);
  const records = await openRecords({ redis, tag, clock: systemClock });
  await Promise.all(WRITERS.map((writer) => write(records, writer, round)));
}
