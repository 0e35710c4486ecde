import type { AccountId } from '@clbchat/shared/ids';
import { limits } from '@clbchat/shared/limits';

/** What is on record of one session. */
export interface Kept {
  readonly account: AccountId;
  /** what took its place; null: it stands */
  readonly heir: string | null;
  readonly anew: boolean;
  /** the end of the minute in which its cookie is worth something for itself; 0 where it stands */
  readonly againMs: number;
  readonly endMs: number;
}
/** What one process knows besides: what it lets in no more, of what it noted that it was heard, and since when it owes which sign-out. */
interface Knows {
  readonly out: ReadonlySet<string>;
  readonly heard: ReadonlySet<string>;
  readonly owed: ReadonlyMap<string, number>;
}
export const PROCESSES = ['a', 'b'] as const;
type Process = (typeof PROCESSES)[number];
export interface State {
  readonly nowMs: number;
  readonly rows: ReadonlyMap<string, Kept>;
  readonly at: Readonly<Record<Process, Knows>>;
}

/** What happens, at which process. `idle`: nobody was at it for half an hour, as the live store says. */
export type Happens =
  | { readonly is: 'opens'; readonly id: string; readonly account: AccountId; readonly before: string | null }
  | { readonly is: 'renews'; readonly id: string; readonly cookie: string; readonly idle: boolean }
  | { readonly is: 'asks'; readonly cookie: string; readonly idle: boolean }
  | { readonly is: 'signs out'; readonly cookie: string; readonly noted: boolean }
  | { readonly is: 'settles' }
  | { readonly is: 'looks'; readonly idle: readonly string[] }
  | { readonly is: 'passes'; readonly ms: number };

export const nothing: State = {
  ...{ nowMs: 0, rows: new Map() },
  at: {
    a: { out: new Set(), heard: new Set(), owed: new Map() },
    b: { out: new Set(), heard: new Set(), owed: new Map() },
  },
};

const AGAIN_MS = limits.sessionRenewAgainMs;
const UNHEARD_MS = limits.sessionIdleMs + limits.sessionCheckEveryMs;

/** What stands on record at this moment. */
export const onRecord = ({ rows, nowMs }: Pick<State, 'rows' | 'nowMs'>): ReadonlyMap<string, Kept> =>
  new Map([...rows].filter(([, { endMs }]) => endMs > nowMs));

/** From this cookie on to the last that took its place. */
function lineOf(there: ReadonlyMap<string, Kept>, cookie: string | null): string[] {
  const line: string[] = [];
  for (let id = cookie, row = there.get(id ?? ''); id && row; id = row.heir, row = there.get(id ?? '')) line.push(id);
  return line;
}

/** With all that leads to them. */
function withBefore(there: ReadonlyMap<string, Kept>, ids: readonly string[]): string[] {
  const all = new Set(ids);
  for (const id of all) for (const [one, { heir }] of there) if (heir === id) all.add(one);
  return [...all];
}

/** Whether this cookie opens something here. */
export const isIn = ({ at, ...state }: State, process: Process, cookie: string, idle: boolean): boolean =>
  onRecord(state).get(cookie)?.heir === null && !at[process].out.has(cookie) && !idle;

/** Whether this cookie renews something here. */
export function renews({ at, ...state }: State, process: Process, cookie: string, idle: boolean): boolean {
  const there = onRecord(state);
  const row = there.get(cookie);
  if (!row || row.anew || idle || at[process].out.has(cookie)) return false;
  // within its minute, where nobody went on with what came, nor ended it
  return row.heir === null || (row.againMs > state.nowMs && there.get(row.heir)?.heir === null);
}

/**
 * What becomes of every session: one table of what is said in A11, A12, A30 and N17.
 *
 * @param state what was before, which stays as it is
 */
// over 80 lines because it is one table
export function after(state: State, process: Process, happens: Happens): State {
  const { nowMs } = state;
  const there = onRecord(state);
  const rows = new Map(state.rows);
  const out = new Set(state.at[process].out);
  const hears = new Set(state.at[process].heard);
  const owed = new Map(state.at[process].owed);
  const next = () => ({ nowMs, rows, at: { ...state.at, [process]: { out, heard: hears, owed } } });
  const go = (ids: readonly string[]) => {
    for (const id of withBefore(there, ids)) {
      rows.delete(id);
      out.add(id);
    }
  };
  const comes = (id: string, account: AccountId) =>
    rows.set(id, { ...{ account, heir: null, anew: false }, againMs: 0, endMs: nowMs + limits.sessionMs });
  /** Who has the cookie of this one needs nothing that leads to it, but for the minute. */
  const heard = (id: string) => {
    for (const one of withBefore(there, [id])) {
      const row = there.get(one);
      if (one !== id && row) rows.set(one, { ...row, endMs: Math.min(row.endMs, row.againMs) });
    }
  };

  switch (happens.is) {
    case 'opens': {
      const { id, account, before } = happens;
      const line = lineOf(there, before);
      const isHers = (one: string) => there.get(one)?.account === account;
      // another's browser is hers from now on: nothing of the other is left, and no cookie of it is let in here
      const others = line.filter((one) => !isHers(one));
      for (const one of withBefore(there, others)) rows.delete(one);
      for (const one of others) out.add(one);
      const againMs = nowMs + AGAIN_MS;
      for (const one of line.filter(isHers))
        rows.set(one, { ...{ account, heir: id, anew: true }, againMs, endMs: againMs + UNHEARD_MS });
      comes(id, account);
      return next();
    }
    case 'renews': {
      const { id, cookie, idle } = happens;
      const row = there.get(cookie);
      if (!row || !renews(state, process, cookie, idle)) return state;
      if (row.heir === null) heard(cookie);
      else rows.set(row.heir, { ...row, heir: id, againMs: 0, endMs: nowMs }); // nobody heard of it
      const againMs = row.heir === null ? Math.min(nowMs + AGAIN_MS, row.endMs) : row.againMs;
      rows.set(cookie, { ...row, heir: id, againMs, endMs: againMs + UNHEARD_MS });
      comes(id, row.account);
      return next();
    }
    case 'asks': {
      const { cookie, idle } = happens;
      const row = there.get(cookie);
      // the clock went back behind the moment at which it was made: it shows nothing of that moment any more
      const isAhead = row?.heir === null && row.endMs - limits.sessionMs > nowMs + limits.clockSkewMsMax;
      if (isAhead) rows.set(cookie, { ...row, endMs: nowMs + limits.sessionMs - limits.stepUpMs });
      if (isIn(state, process, cookie, idle)) {
        if (!hears.has(cookie)) heard(cookie);
        hears.add(cookie);
      } else if (idle && isIn(state, process, cookie, false)) go([cookie]);
      return next();
    }
    case 'signs out': {
      const { cookie, noted } = happens;
      out.add(cookie);
      if (noted) {
        go(lineOf(there, cookie));
        owed.delete(cookie);
      } else owed.set(cookie, nowMs);
      return next();
    }
    case 'settles': {
      const [[cookie, sinceMs] = [null, 0]] = owed;
      if (cookie === null) return state;
      const line = lineOf(there, cookie);
      const overrules = (id: string) => {
        const row = there.get(id);
        return row?.anew === true && row.againMs - AGAIN_MS >= sinceMs;
      };
      if (!line.some(overrules)) go(line);
      owed.delete(cookie);
      return after(next(), process, happens); // one after the other
    }
    case 'looks':
      go(happens.idle.filter((id) => there.get(id)?.heir === null));
      return next();
    case 'passes': {
      const laterMs = nowMs + happens.ms;
      const lowered = ({ owed: since, ...others }: Knows): Knows => ({
        ...others,
        owed: new Map([...since].map(([cookie, sinceMs]) => [cookie, Math.min(sinceMs, laterMs)])),
      });
      return { nowMs: laterMs, rows, at: { a: lowered(state.at.a), b: lowered(state.at.b) } };
    }
  }
}
