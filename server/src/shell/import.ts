import type { Clock } from '../kernel/clock.ts';
import { linkTo, SHELL } from '../records/audit.rules.ts';
import type { Dump, RecordsStore } from '../records/records.store.ts';
import { readWhole } from './readFile.ts';
import { dumpIn, EXPORT_BYTES_MAX } from './recordsFile.ts';
import { Refusal } from './refusal.ts';
import { unseal } from './sealed.ts';

/** A file that may be an export. @throws Refusal */
export const readExport = (file: string): Promise<Uint8Array> => readWhole(file, EXPORT_BYTES_MAX);

/** What a sealed export holds, judged whole before anything is written [A7]. @throws Refusal */
export async function openExport(
  bytes: Uint8Array,
  { file, passphrase, centre }: { readonly file: string; readonly passphrase: string; readonly centre: string },
): Promise<Dump> {
  return dumpIn(await unseal(bytes, passphrase, file), centre);
}

export interface Importing {
  readonly records: RecordsStore;
  readonly clock: Clock;
  readonly centre: string;
}

/**
 * Writes an export as it was into records that hold nothing, and that it was done, in one step [A7].
 *
 * @throws Refusal when they hold something
 */
export async function importRecords({ rows, log }: Dump, { records, clock, centre }: Importing): Promise<void> {
  const done = linkTo(log.head, clock.nowMs(), { by: SHELL, act: 'records_imported', about: centre });
  const filled = await records.fill({
    rows,
    log: { anchor: log.anchor, entries: [...log.entries, done.text], head: done.digest },
  });
  if (filled.is === 'not_empty')
    throw new Refusal(
      `There are records of the centre "${centre}" already; an import works only where nothing is kept yet.`,
    );
}
