import type { AccountId } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import type { Change, RecordsStore } from '../records/records.store.ts';
import { leadsTo, lineFrom, type SessionRow } from './line.store.ts';
import { unheardMsMax } from './session.rules.ts';
import { beyond, goneOf, withBefore } from './sessionsEnded.store.ts';

interface Needs {
  readonly records: Pick<RecordsStore, 'list'>;
  readonly rowOf: (binding: string) => Promise<SessionRow | null>;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'sessionsMax' | 'sessionIdleMs' | 'sessionCheckEveryMs' | 'sessionRenewAgainMs'>;
}

/** What becomes of the sessions that are there, where an account signs in. */
export interface Places {
  /** of the browser, from the one whose cookie it has */
  readonly line: readonly SessionRow[];
  /** those of it that were somebody else's, each of which may have a seat */
  readonly freed: readonly SessionRow[];
  readonly changes: readonly Change[];
}

/**
 * @param before binding of the cookie that the browser has
 * @param shown what is written already of what was shown
 * @param heir binding of the one that comes: hers go on under that
 */
export async function placesOf(
  { records, rowOf, nowMs, limits }: Needs,
  account: AccountId,
  {
    before,
    shown,
    heir,
  }: {
    readonly before: string | null;
    readonly shown: readonly Change[];
    readonly heir: string;
  },
): Promise<Places> {
  const line = before === null ? [] : await lineFrom(rowOf, before);
  const isAnothers = (row: SessionRow) => row.kept.account !== account;
  // kept as before a renewal: nobody may have heard of the new one, and the one whose cookie the browser has is the way to it,
  // also where nobody heard of several, one after the other [A30]
  const againMs = nowMs() + limits.sessionRenewAgainMs;
  const way = { againMs, anew: true, endMs: againMs + unheardMsMax(limits) } as const;
  const all = [
    ...(await withBefore(records, line.filter(isAnothers))).map(goneOf),
    ...line.filter((row) => !isAnothers(row)).map((row) => leadsTo(row, heir, way)),
    ...(await beyond(records, account, limits.sessionsMax)),
  ];
  const [byShown, once] = [new Set(shown.map(({ id }) => id)), new Set<string>()];
  const changes = all.filter(({ id }) => !byShown.has(id) && once.size < once.add(id).size);
  return { line, freed: line.filter(isAnothers), changes };
}
