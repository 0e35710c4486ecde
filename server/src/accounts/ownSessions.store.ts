import type { AccountId } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import { Problem } from '../kernel/failure.ts';
import type { RecordsStore, Row } from '../records/records.store.ts';
import { digestOf } from './cookie.rules.ts';
import { dayOf } from './days.rules.ts';
import { unheardMsMax, type Kept, type Method, type Session } from './session.rules.ts';

interface Needs {
  readonly records: Pick<RecordsStore, 'list'>;
  readonly rowOf: (binding: string) => Promise<(Row & { readonly kept: Kept }) | null>;
  readonly isOver: (session: Session) => boolean;
  readonly isDue: (session: Session) => Promise<boolean>;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'sessionMs' | 'sessionIdleMs' | 'sessionCheckEveryMs'>;
}

/** As its owner sees it among her own. */
interface OwnSession {
  /** names it to her, and opens nothing */
  readonly id: string;
  readonly method: Method;
  /** `YYYY-MM-DD` in Brussels */
  readonly made: string;
  /** the one that asks */
  readonly here: boolean;
}

/** What somebody sees and ends of her own sessions [A13]. */
export interface OwnSessions {
  /** All of its account that open something, this one first, then the newest. */
  own(mine: Pick<Session, 'account' | 'binding'>): Promise<OwnSession[]>;
  /**
   * One of its account by the id that `own` gave, or all but this one. Ends none of them.
   *
   * @returns none of somebody else's; `dueMs` of each is that of the one which took its place, where one did
   */
  named(mine: Pick<Session, 'account' | 'binding'>, which: { readonly id: string } | 'others'): Promise<Session[]>;
}

type Found = { readonly session: Session; readonly kept: Kept };

/** Whether no other took its place. */
const isLast = ({ kept }: Found) => kept.heir === undefined;

export function ownSessionsOf({ records, rowOf, isOver, isDue, nowMs, limits }: Needs): OwnSessions {
  async function ofAccount(account: AccountId) {
    const found: Found[] = [];
    for (const { id } of await records.list('session')) {
      const row = await rowOf(id).catch((error: unknown) => {
        if (error instanceof Problem) throw error;
        return null; // one that cannot be read opens nothing, and hides no other
      });
      if (!row || row.kept.account !== account) continue;
      const { method, dueMs = row.endMs } = row.kept;
      const session = { account, method, binding: id, dueMs, expMs: row.endMs };
      if (isOver(session) || (await isDue(session))) continue;
      found.push({
        session: row.kept.heir === undefined ? session : { ...session, dueMs: dueMs - unheardMsMax(limits) },
        kept: row.kept,
      });
    }
    const there = new Set(found.map(({ session }) => session.binding));
    // what took the place of one may have come since; where that is longer ago it is over, and this one leads to nothing
    return found.filter(({ session, kept }) => there.has(kept.heir ?? session.binding) || session.dueMs > nowMs());
  }

  return {
    async own(mine) {
      const all = (await ofAccount(mine.account))
        .filter(isLast)
        .map(({ session: { binding, dueMs }, kept: { method, made } }) => ({
          ...{ id: digestOf(binding), method, here: binding === mine.binding },
          made: made ?? dayOf(dueMs - limits.sessionMs),
        }));
      return all.toSorted((a, b) => Number(b.here) - Number(a.here) || b.made.localeCompare(a.made));
    },
    async named(mine, which) {
      const all = await ofAccount(mine.account);
      // the one that asks may go on under another cookie by now, as one that she read of may
      const heirs = new Map(all.map(({ session, kept }) => [session.binding, kept.heir]));
      const goesOn = (binding: string): string => {
        const heir = heirs.get(binding);
        return heir === undefined ? binding : goesOn(heir);
      };
      // of a line the last that was read: what took its place since ends with it
      const isMeant = (found: Found) =>
        which === 'others'
          ? goesOn(found.session.binding) !== goesOn(mine.binding) && !heirs.has(found.kept.heir ?? '')
          : digestOf(found.session.binding) === which.id;
      const dueOf = new Map(all.map(({ session }) => [session.binding, session.dueMs]));
      return all
        .filter(isMeant)
        .map(({ session }) => ({ ...session, dueMs: dueOf.get(goesOn(session.binding)) ?? session.dueMs }));
    },
  };
}
