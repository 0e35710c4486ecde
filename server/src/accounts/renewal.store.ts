import type { AccountId } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import type { Acted } from '../records/audit.rules.ts';
import type { Change, RecordsStore } from '../records/records.store.ts';
import { leadsTo, type SessionRow } from './line.store.ts';
import { againMsOf, unheardMsMax, type Kept, type Method, type Session } from './session.rules.ts';
import { heardOf } from './sessionsEnded.store.ts';

/** What is written with a new session, or not at all. */
export interface Step {
  readonly changes: readonly Change[];
  /** where it is more than a sign-in, which no log has */
  readonly acted?: Acted;
}

/** A way in that somebody has shown, and what is written of it with her session, or not at all. */
export interface Shown {
  readonly account: AccountId;
  readonly step: Pick<Step, 'changes'>;
}

export interface Opened {
  readonly setCookie: string;
  readonly session: Session;
}

export interface OpenedIn extends Opened {
  /** what somebody else had open in this browser, which nobody has any more */
  readonly freed: readonly Session[];
}

interface Needs {
  readonly records: Pick<RecordsStore, 'write' | 'list'>;
  readonly rowOf: (binding: string) => Promise<SessionRow | null>;
  readonly fresh: (kept: Pick<Kept, 'account' | 'method' | 'made'>) => { opened: Opened; change: Change };
  readonly isClosed: (binding: string) => boolean;
  readonly isIdle: (binding: string) => Promise<boolean>;
  readonly isDue: (session: Pick<Session, 'dueMs' | 'account'>) => Promise<boolean>;
  /** this process knows the new one in the place of the old. Never rejects with Problem */
  readonly follows: (old: string, session: Session) => Promise<void>;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'sessionRenewAgainMs' | 'sessionIdleMs' | 'sessionCheckEveryMs'>;
}

/** How a session goes on under a new one, at the same seat. */
export interface Renewals {
  /**
   * A new session in the place of this one, which opens nothing from here on, in one step. Who heard no answer asks again
   * with the cookie that she has, within `sessionRenewAgainMs`: then what nobody heard of ends. After that its row is there only to
   * find what took its place, until somebody has heard of that or it is over [A30].
   *
   * @returns null when there is nothing to renew, and for who showed more than a click: she shows it again
   */
  renew(binding: string): Promise<Opened | null>;
  /** Whose session may go on once she has shown again that it is she, and how it was opened; null when there is none, and for who came by a code. */
  mayShow(binding: string): Promise<Pick<Kept, 'account' | 'method'> | null>;
  /**
   * The same as `renew` for who shows again that it is she [G13], in one step with what she showed.
   *
   * @param shows asked anew when what was shown stands otherwise by now
   * @returns null when it does not count, is another's, or there is nothing to go on
   */
  renewWith(binding: string, method: Method, shows: () => Promise<Shown | null>): Promise<Opened | null>;
}

export function renewalsOf(needs: Needs): Renewals {
  const { records, rowOf, fresh, isClosed, isIdle, isDue, follows, nowMs, limits } = needs;

  /** A session that may go on, with the one that took its place and nobody heard of. */
  async function standing(binding: string) {
    const row = await rowOf(binding);
    if (!row || isClosed(binding)) return null;
    if (row.kept.anew) return null;
    if (row.kept.heir !== undefined && againMsOf(row, limits) <= nowMs()) return null; // its minute is over
    if (await isIdle(binding)) return null;
    const { account, heir, dueMs = row.endMs } = row.kept;
    const unheard = heir === undefined ? null : await rowOf(heir);
    // who ended the new one, or went on with it, has heard of it
    if (heir !== undefined && (!unheard || unheard.kept.heir !== undefined)) return null;
    if (heir === undefined && (await isDue({ account, dueMs }))) return null;
    return { row, unheard };
  }
  type Standing = NonNullable<Awaited<ReturnType<typeof standing>>>;

  /** @returns null when one of them stands otherwise by now */
  async function goOn({ row, unheard }: Standing, method: Method, shown: readonly Change[]): Promise<Opened | null> {
    const { account, made, heir } = row.kept;
    const { opened, change } = fresh({ account, method, made });
    const { binding } = opened.session;
    const freshMs = Math.min(nowMs() + limits.sessionRenewAgainMs, row.endMs);
    const againMs = heir === undefined ? freshMs : againMsOf(row, limits);
    const changes = [...shown, leadsTo(row, binding, { againMs, endMs: againMs + unheardMsMax(limits) }), change];
    const gone = unheard ? [leadsTo(unheard, binding, { endMs: nowMs() })] : [];
    // who goes on with it has heard of it
    const before = heir === undefined ? await heardOf(records, row.id, limits) : [];
    const { is } = await records.write([...changes, ...gone, ...before], null);
    if (is !== 'written') return null;
    await isIdle(opened.session.binding); // its first sign
    await follows(row.id, opened.session);
    return opened;
  }

  return {
    async renew(binding) {
      for (;;) {
        const found = await standing(binding);
        if (!found || found.row.kept.method !== 'demo') return null;
        const opened = await goOn(found, 'demo', []);
        if (opened) return opened;
      }
    },
    async mayShow(binding) {
      const found = await standing(binding);
      return found && found.row.kept.method !== 'code' ? found.row.kept : null;
    },
    async renewWith(binding, method, shows) {
      for (;;) {
        const found = await standing(binding);
        if (!found || found.row.kept.method === 'code') return null;
        const shown = await shows(); // what is shown to a session that ended uses nothing up [G91]
        if (shown?.account !== found.row.kept.account) return null;
        const opened = await goOn(found, method, shown.step.changes);
        if (opened) return opened;
      }
    },
  };
}
