import { isWhole } from '../records/audit.rules.ts';
import type { RecordsStore } from '../records/records.store.ts';
import type { Around } from './running.ts';

/** What somebody else wrote to the records is no reason not to start, and is said each time. */
export async function sayIfBroken(records: RecordsStore, { say }: Around): Promise<void> {
  const { log, rows } = await records.dump();
  if (!isWhole(log, rows))
    say('Warning: the audit log in the records was changed by other hands: its chain is broken.');
}
