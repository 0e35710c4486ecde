import { heirOf, type Kept, type Session } from './session.rules.ts';
import type { Change, Row } from '../records/records.store.ts';

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
 * What is left of a session in whose place another came: it opens nothing, and leads to that one. Not taken away: that would be news
 * that frees the seat at which she goes on [A16].
 */
export const leadsTo = (
  { id, rev, kept: { account, method, made } }: SessionRow,
  heir: string,
  { endMs, ...of }: Pick<Kept, 'againMs' | 'anew'> & { readonly endMs: number },
): Change => ({ kind: 'session', id, rev, text: JSON.stringify({ account, method, made, heir, ...of }), endMs });

/** The session whose row this is. */
export const sessionIn = ({ id, endMs, kept: { account, method, dueMs = endMs } }: SessionRow): Session => ({
  ...{ account, method, binding: id, dueMs, expMs: endMs },
});
