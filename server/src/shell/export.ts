import type { Clock } from '../kernel/clock.ts';
import { act } from '../records/acts.store.ts';
import { NOTHING_YET, SHELL } from '../records/audit.rules.ts';
import type { Dump, RecordsStore } from '../records/records.store.ts';
import { makeFile, mayMake } from './newFile.ts';
import { dumpIn, textOf } from './recordsFile.ts';
import { Refusal } from './refusal.ts';
import { seal } from './sealed.ts';

export interface Exporting {
  readonly records: RecordsStore;
  readonly clock: Clock;
  readonly centre: string;
  /** path of a file that does not exist yet */
  readonly file: string;
  readonly passphrase: string;
  /** base-2 logarithm; what age takes when it is not given */
  readonly workFactor?: number;
}

/**
 * Writes what is kept of a centre into a new file [A7], all but what opens doors [A8]. That it was asked for stands in the
 * audit log, the file's own included.
 *
 * @returns what is in the file
 * @throws Refusal
 */
export async function exportRecords({ records, clock, centre, file, ...sealing }: Exporting): Promise<Dump> {
  await mayMake(file);
  const before = await records.dump();
  if (before.rows.length === 0 && before.log.head === NOTHING_YET) throw nothingOf(centre);
  dumpIn(textOf(before, centre), centre); // nobody is given a file that no import takes
  await act(records, clock.nowMs(), [], { by: SHELL, act: 'records_exported', about: centre });
  const text = textOf(await records.dump(), centre);
  await makeFile(file, await seal(text, sealing.passphrase, sealing.workFactor));
  return dumpIn(text, centre);
}

export const nothingOf = (centre: string) =>
  new Refusal(`Nothing is kept there of the centre "${centre}": CENTRE says which one it is.`);
