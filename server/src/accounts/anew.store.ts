import type { AccountId } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import type { Change, RecordsStore } from '../records/records.store.ts';
import { lineFrom, type SessionRow } from './line.store.ts';
import { unheardMsMax } from './session.rules.ts';
import { beyond, goneOf } from './sessionsEnded.store.ts';

interface Needs {
  readonly records: Pick<RecordsStore, 'list'>;
  readonly rowOf: (binding: string) => Promise<SessionRow | null>;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'sessionsMax' | 'sessionIdleMs' | 'sessionCheckEveryMs'>;
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
 * @param endedFor what becomes of her own one, at whose seat she goes on
 */
export async function placesOf(
  { records, rowOf, nowMs, limits }: Needs,
  account: AccountId,
  {
    before,
    shown,
    endedFor,
  }: {
    readonly before: string | null;
    readonly shown: readonly Change[];
    readonly endedFor: (row: SessionRow) => Change;
  },
): Promise<Places> {
  const line = before === null ? [] : await lineFrom(rowOf, before);
  const isAnothers = (row: SessionRow) => row.kept.account !== account;
  // a page may have been renewed a moment ago, and the browser has not heard of that
  const goesOn = line.slice(-1).filter((row) => row.kept.heir === undefined && !isAnothers(row));
  // kept as before a renewal: nobody may have heard of the new one, and this is the way to it [A30]
  const keptMs = nowMs() + unheardMsMax(limits);
  const all = [
    ...line.filter(isAnothers).map(goneOf),
    ...goesOn.map((row) => ({ ...endedFor(row), endMs: keptMs })),
    ...(await beyond(records, account, limits.sessionsMax, nowMs())),
  ];
  const [byShown, once] = [new Set(shown.map(({ id }) => id)), new Set<string>()];
  const changes = all.filter(({ id }) => !byShown.has(id) && once.size < once.add(id).size);
  return { line, freed: line.filter(isAnothers), changes };
}
