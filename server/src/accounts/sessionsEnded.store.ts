import type { AccountId } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import * as v from 'valibot';
import { Problem } from '../kernel/failure.ts';
import { lookedAt, type Change, type Looked, type RecordsStore, type Row } from '../records/records.store.ts';
import { againMsOf, heirOf, sessionDocument, type Method } from './session.rules.ts';

/**
 * The session as it stands, looked at in the step in which it makes something, so that nothing lasting is made by one that ends
 * meanwhile: then the step is thought anew [G81]. Nothing of it is written: what she does holds up nobody who ends it [G83]. Where another took its place it is that one, and so on to the last. Rejects with Problem
 * `no_cert` where it ended.
 *
 * @param session its binding; undefined where none makes it
 */
export async function bySession(
  records: Pick<RecordsStore, 'get'>,
  session: string | undefined,
): Promise<readonly Looked[]> {
  let last: Row | null = null;
  for (let id = session; id !== undefined; id = heirOf(last?.text)) {
    last = await records.get({ kind: 'session', id });
    if (!last) throw new Problem('no_cert');
  }
  return last ? [lookedAt(last)] : [];
}

/**
 * What takes away the sessions of an account that this way in opened: every process hears of it in the step in which that way
 * ends [G43 G81 G82 A16].
 *
 * @param but the binding of the one that goes on all the same, as who is at it ends that way; what took its place does, too, and
 *   in whose place it came: it opens nothing any more, but a page that has not heard of the change yet sits there
 */
export async function endsOf(
  records: Pick<RecordsStore, 'list'>,
  account: AccountId,
  method: Method,
  but?: string,
): Promise<Change[]> {
  const opened = await sessionsOf(records, account);
  const heirs = new Map(opened.map(({ id, kept }) => [id, kept.heir]));
  const lastOf = (id: string): string => {
    let last = id;
    for (let heir = heirs.get(id); heir !== undefined && heir !== id; heir = heirs.get(heir)) last = heir;
    return last;
  };
  const stays = but === undefined ? undefined : lastOf(but);
  const ended = opened.filter(({ id, kept }) => kept.method === method && lastOf(id) !== stays);
  return beforeOf(ended, opened).map(goneOf);
}

/** These, and the rows of before that lead to them: once what one leads to is gone, nothing of her stays on record for it [A30]. */
export async function withBefore(
  records: Pick<RecordsStore, 'list'>,
  ended: readonly Pick<Row, 'id' | 'rev'>[],
): Promise<readonly Pick<Row, 'id' | 'rev'>[]> {
  if (ended.length === 0) return ended;
  const all = (await records.list('session')).map(({ id, rev, text }) => ({ id, rev, kept: { heir: heirOf(text) } }));
  return beforeOf(ended, all);
}

interface Leads {
  readonly kept: { readonly heir?: string | undefined };
}

function beforeOf<R extends Pick<Row, 'id' | 'rev'>>(ended: readonly R[], all: readonly (R & Leads)[]): R[] {
  const found = new Map(ended.map((row) => [row.id, row]));
  // what is put in while it is gone through is gone through, too
  for (const id of found.keys())
    for (const row of all) if (row.kept.heir === id && !found.has(row.id)) found.set(row.id, row);
  return [...found.values()];
}

/**
 * What makes room for one more of this account, where it has as many as one may: its oldest go, whatever they hold [A11].
 */
export async function beyond(records: Pick<RecordsStore, 'list'>, account: AccountId, most: number): Promise<Change[]> {
  const all = await sessionsOf(records, account);
  const last = all.filter(({ kept }) => kept.heir === undefined);
  const oldest = last.toSorted((a, b) => a.endMs - b.endMs).slice(0, Math.max(0, last.length + 1 - most));
  return beforeOf(oldest, all).map(goneOf);
}

/**
 * Somebody has heard of this session: the row in whose place it came, by which it would be found, lasts no longer than its
 * minute, nor what leads to that, of a sign-in of which nobody heard [A12 A30].
 */
export async function heardOf(
  records: Pick<RecordsStore, 'list'>,
  session: string,
  limits: Pick<Limits, 'sessionIdleMs' | 'sessionCheckEveryMs'>,
): Promise<Change[]> {
  const all = await sessionsOf(records);
  const before = beforeOf(
    all.filter(({ kept }) => kept.heir === session),
    all,
  );
  return before.flatMap((row) => {
    const untilMs = againMsOf(row, limits);
    return untilMs < row.endMs ? [endsAt(row, untilMs)] : [];
  });
}

/** Not taken away: that would be news that frees a seat at which she goes on [A16]. */
const endsAt = ({ id, rev, kept }: Owned, endMs: number): Change => ({
  ...{ kind: 'session', id, rev },
  ...{ text: JSON.stringify(kept), endMs },
});
type Owned = Awaited<ReturnType<typeof sessionsOf>>[number];

/** @param account undefined for everybody's */
async function sessionsOf(records: Pick<RecordsStore, 'list'>, account?: AccountId) {
  return (await records.list('session')).flatMap(({ id, rev, endMs, text }) => {
    const read = v.safeParse(sessionDocument, JSON.parse(text));
    const isMeant = read.success && (account === undefined || read.output.account === account);
    return isMeant ? [{ id, rev, endMs, kept: read.output }] : [];
  });
}

export const goneOf = ({ id, rev }: Pick<Row, 'id' | 'rev'>): Change => ({ kind: 'session', id, rev, text: null });
