import type { AccountId } from '@clbchat/shared/ids';
import { heirOf, type Kept } from './session.rules.ts';
import type { Row } from '../records/records.store.ts';

/** A row of a session, as it is read. */
export type SessionRow = Row & { readonly kept: Kept };

/**
 * The row, and those that took its place one after the other, as far as they are on record: the last stands where it has no heir.
 *
 * @param rowOf null where it is not on record, or for nobody who works here
 */
export async function lineFrom<R extends Row>(
  rowOf: (binding: string) => Promise<R | null>,
  binding: string,
): Promise<R[]> {
  const line: R[] = [];
  for (let id: string | undefined = binding; id !== undefined; id = heirOf(line.at(-1)?.text)) {
    const row = await rowOf(id);
    if (!row) break;
    line.push(row);
  }
  return line;
}

/**
 * What becomes of a browser's line where this account signs in anew there.
 *
 * @returns `freed`: somebody else's, each of which may have a seat. `gone`: these, and what was closed here already and is owed to
 *   the other processes: nothing that is owed reaches the session that comes. `goesOn`: her own last one, at whose seat she goes on
 */
export function placesOf(line: readonly SessionRow[], account: AccountId, isClosed: (binding: string) => boolean) {
  const isAnothers = (row: SessionRow) => row.kept.account !== account;
  const isGone = (row: SessionRow) => isAnothers(row) || isClosed(row.id);
  const goesOn = line.slice(-1).filter((row) => row.kept.heir === undefined && !isGone(row));
  return { freed: line.filter(isAnothers), gone: line.filter(isGone), goesOn };
}
