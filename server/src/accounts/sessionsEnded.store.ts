import type { AccountId } from '@clbchat/shared/ids';
import * as v from 'valibot';
import type { Change, RecordsStore } from '../records/records.store.ts';
import { sessionDocument, type Method } from './session.rules.ts';

/**
 * The session as it stands, written again with what it makes, so that nothing lasting is made by one that ends meanwhile: then
 * the step is thought anew, and it is `over` [G81]. One that another took the place of still stands in its line.
 *
 * @param session its binding; undefined where none makes it
 */
export async function bySession(
  records: Pick<RecordsStore, 'get'>,
  session: string | undefined,
): Promise<readonly Change[] | 'over'> {
  if (session === undefined) return [];
  const row = await records.get({ kind: 'session', id: session });
  return row ? [row] : 'over';
}

/**
 * What takes away the sessions of an account that this way in opened: every process hears of it in the step in which that way
 * ends [G43 G81 G82 A16].
 *
 * @param but the binding of the one that goes on all the same, as who is at it ends that way; what took its place does, too
 */
export async function endsOf(
  records: Pick<RecordsStore, 'list'>,
  account: AccountId,
  method: Method,
  but?: string,
): Promise<Change[]> {
  const opened = (await records.list('session')).flatMap(({ id, rev, text }) => {
    const read = v.safeParse(sessionDocument, JSON.parse(text));
    return read.success && read.output.account === account ? [{ id, rev, kept: read.output }] : [];
  });
  const hers = new Set<string>();
  for (let at = but; at !== undefined && !hers.has(at); at = opened.find(({ id }) => id === at)?.kept.heir)
    hers.add(at);
  return opened
    .filter(({ id, kept }) => kept.method === method && !hers.has(id))
    .map(({ id, rev }) => ({ kind: 'session', id, rev, text: null }));
}
