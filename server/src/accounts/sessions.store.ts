import type { AccountId } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import * as v from 'valibot';
import { Bug, Problem } from '../kernel/failure.ts';
import { act } from '../records/acts.store.ts';
import type { RecordsStore } from '../records/records.store.ts';
import { placesOf } from './anew.store.ts';
import type { AccountsStore, Role } from './accounts.store.ts';
import { ownSessionsOf, type OwnSessions } from './ownSessions.store.ts';
import { hostCookies, SESSION, type Cookies } from './cookie.rules.ts';
import { dayOf } from './days.rules.ts';
import { hearingOf } from './heard.store.ts';
import { lineFrom, sessionIn } from './line.store.ts';
import { renewalsOf, type OpenedIn, type Renewals, type Step } from './renewal.store.ts';
import { endingsOf, type Endings } from './ending.store.ts';
import { signInDay } from './signInDay.store.ts';
import { heirOf, mayCount, rolesBy, sessionDocument, type Kept, type Method, type Session } from './session.rules.ts';

/** A session, and what its account may do at this moment. */
export interface Staff extends Session {
  readonly roles: readonly Role[];
}

interface Needs {
  readonly records: RecordsStore;
  readonly accounts: Pick<AccountsStore, 'get'>;
  readonly nowMs: () => number;
  /** `__Host-` ones unless the way of serving has others */
  readonly cookies?: Cookies;
  /** what the live store knows. Each rejects when nobody can say */
  readonly presence: {
    /** whether this account holds a conversation */
    holds(of: { account: AccountId }): Promise<boolean>;
    /** a sign that somebody is at this session; false when the last one is too old */
    awake(binding: string): Promise<boolean>;
    /** the sessions of which that is so; to `there` the first sign is given, and `over` are forgotten */
    idle(input: { readonly there: readonly string[]; readonly over: readonly string[] }): Promise<string[]>;
  };
  readonly limits: Pick<
    Limits,
    | 'sessionMs'
    | 'sessionsMax'
    | 'sessionHeldMsMax'
    | 'sessionRenewAgainMs'
    | 'sessionIdleMs'
    | 'sessionCheckEveryMs'
    | 'stepUpMs'
    | 'signInDayKeptMs'
    | 'clockSkewMsMax'
  >;
}

export interface Sessions extends OwnSessions, Renewals, Endings {
  /**
   * @param before binding of the cookie of this browser. The last that took its place, whether or not somebody heard of that, opens
   *   nothing from then on, in the same step: its sockets and its seat go on under the new one, as at a renewal, where both are
   *   of one account; another's is gone with all of its line, like one that was signed out
   * @returns the `Set-Cookie` of a new session, and the session. Rejects with Problem `unavailable` when it cannot be kept.
   */
  open(account: AccountId, method: Method, before?: string | null): Promise<OpenedIn>;
  /**
   * The same in one step with what was shown for it: a code that is used up, a counter that goes on.
   *
   * @returns null when that stands otherwise by now: then nothing is written
   */
  openWith(account: AccountId, method: Method, shown: Step, before?: string | null): Promise<OpenedIn | null>;
  /** Whether she showed at most `stepUpMs` ago that it is she [G13]: what is opened or goes on then, and not by a code, says so. */
  steppedUp(session: Pick<Session, 'method' | 'dueMs'>): boolean;
  /** ms until its absolute end; 0 once that has passed and somebody is held */
  leftMs(session: Session): number;
  /** The digest of a cookie of ours, whatever it opens; null when there is none. Never throws. */
  bindingOf(cookies: string | undefined): string | null;
  /** The same where this process let that session in and knows nothing of its end; asks no store. Never throws. */
  metBy(cookies: string | undefined): string | null;
  /**
   * Whose browser this is: the session of its cookie, or the last that took its place, of which it may have heard nothing yet. Opens
   * nothing: it is for ending that session and for whom its account holds. Null where none stands; rejects as `find` does.
   */
  ofBrowser(cookies: string | undefined): Promise<Session | null>;
  /** Whether her account holds a conversation. Rejects when nobody can say. */
  holds(of: { readonly account: AccountId }): Promise<boolean>;
  /**
   * Null once it ended by itself or by nobody being there, was renewed or was closed, wherever, and when its account works here no more. While the records do not answer, what this
   * process knew last counts; of a session that it never met it knows nothing, and rejects with Problem `unavailable`.
   */
  find(binding: string): Promise<Staff | null>;
  /**
   * Whether nobody goes on at its seat: it was taken away or its account works here no more, and no other session is of that
   * account. Rejects when nobody can say.
   */
  isGone(session: Pick<Session, 'account' | 'binding'>): Promise<boolean>;
  /** Takes away sessions at which nobody has been for too long [A14]. Rejects with Problem when a store does not answer. */
  endIdle(): Promise<void>;
  /** Whether another took its place, and who has its cookie may still go on. Rejects when nobody can say. */
  hasHeir(binding: string): Promise<boolean>;
  /** in which browsers bring a session, and what they have before one */
  readonly cookies: Cookies;
  /** the `Set-Cookie` that takes one away */
  readonly takenAway: string;
}

/** Sessions are rows of the records: the cookie is random, its digest is the row's id, and no secret makes either [A11]. */
// over 80 lines because what may become of one session stands together
export function sessionsOf({ records, accounts, presence, nowMs, limits, cookies = hostCookies }: Needs): Sessions {
  const met = new Map<string, Staff>();
  const hearing = hearingOf({ records, limits });
  const { endsByItself, closesHere, ...endings } = endingsOf({ records, nowMs, limits });
  const isOver = ({ binding, expMs }: Session) => expMs <= nowMs() || endings.isClosed(binding);
  const broom = () => {
    for (const [binding, { expMs }] of met) if (expMs <= nowMs()) met.delete(binding);
    hearing.forget((binding) => met.has(binding));
  };

  /** Null for one of somebody who works here no more. */
  async function rowOf(binding: string) {
    const row = await records.get({ kind: 'session', id: binding });
    if (!row) return null;
    const read = v.safeParse(sessionDocument, JSON.parse(row.text));
    if (!read.success) throw new Bug('what is stored of a session is none');
    const kept = read.output;
    const owner = await accounts.get(kept.account);
    return owner && !owner.disabled ? { ...row, kept, roles: owner.roles } : null;
  }

  async function stored(binding: string): Promise<Staff | null> {
    const row = await rowOf(binding);
    if (!row || row.kept.heir !== undefined) return null;
    return { ...sessionIn(row), roles: rolesBy(row.kept.method, row.roles) };
  }

  /** Who was let in just now has what whoever is known here has [N41]; where the records are silent by now it is her next request that says so. */
  async function meet(binding: string): Promise<void> {
    const session = await stored(binding).catch((error: unknown) => {
      if (error instanceof Problem) return null;
      throw error;
    });
    if (session) met.set(binding, session);
  }

  // it ends a fixed time after it was opened, so nothing else has to be kept of when that was
  const madeAgoMs = ({ dueMs }: Pick<Session, 'dueMs'>) => nowMs() - (dueMs - limits.sessionMs);
  const isAhead = (session: Pick<Session, 'dueMs'>) => madeAgoMs(session) < -limits.clockSkewMsMax;

  /** The common clock went back behind the moment at which it was made: it counts as made too long ago to have shown anything since. */
  async function shorten(session: Staff): Promise<Staff> {
    const dueMs = nowMs() + limits.sessionMs - limits.stepUpMs;
    const row = await rowOf(session.binding);
    // she may go on under another cookie by now, and this one ends within a minute
    if (!row || row.endMs !== session.expMs) return session;
    const { dueMs: _ahead, ...kept } = row.kept;
    await records.write([{ ...changeOf(session.binding, kept), rev: row.rev, endMs: dueMs }], null); // or the next time
    return { ...session, dueMs, expMs: dueMs };
  }

  /** The row's end moves once, shortly before it, where somebody is there: she may still be given whom she holds then [A12]. */
  async function prolong(session: Staff): Promise<Staff> {
    const { binding, dueMs, expMs } = session;
    if (isAhead(session)) return shorten(session);
    if (dueMs < expMs || dueMs - nowMs() > 2 * limits.sessionCheckEveryMs) return session;
    const row = await rowOf(binding);
    if (!row || row.endMs !== expMs) return session;
    const longer = { ...session, expMs: expMs + limits.sessionHeldMsMax };
    const change = { ...changeOf(binding, { ...row.kept, dueMs }), rev: row.rev, endMs: longer.expMs };
    const { is } = await records.write([change], null);
    return is === 'written' ? longer : session;
  }

  function fresh(kept: Pick<Kept, 'account' | 'method' | 'made'>) {
    const expMs = nowMs() + limits.sessionMs;
    const { setCookie, digest } = cookies.make(SESSION, limits.sessionMs + limits.sessionHeldMsMax);
    const session = { account: kept.account, method: kept.method, binding: digest, dueMs: expMs, expMs };
    return {
      opened: { setCookie, session },
      change: { ...changeOf(session.binding, kept), rev: 0, endMs: session.expMs },
    };
  }

  /** What the live store cannot say is no reason to put somebody out. */
  const isIdle = (binding: string) =>
    presence.awake(binding).then(
      (is) => !is,
      (error: unknown) => {
        if (error instanceof Problem) return false;
        throw error;
      },
    );

  /**
   * Of a session whose time is over. On a clock that the records do not bear out it is let in no more, and stands: it did nothing
   * wrong when that clock is right again [A2]. Where they are silent it goes when they answer.
   */
  async function ends(binding: string): Promise<void> {
    if (await records.isOnTime().catch(() => true)) await endsByItself(binding);
  }

  /** Whether its absolute end has come. */
  const isDue = async ({ dueMs, account }: Pick<Session, 'dueMs' | 'account'>) =>
    dueMs <= nowMs() && !(await presence.holds({ account }));

  async function find(binding: string): Promise<Staff | null> {
    const session = await stored(binding)
      .then((found) => found && prolong(found))
      .catch((error: unknown) => {
        const known = met.get(binding);
        if (known && error instanceof Problem) return known;
        throw error;
      });
    broom();
    if (session) met.set(binding, session);
    else met.delete(binding);
    if (!session || isOver(session)) return null;
    if ((await isIdle(binding)) || (await isDue(session))) {
      await ends(binding);
      return null;
    }
    await hearing.hears(session);
    return isOver(session) ? null : session; // it may have been closed here while the stores were asked
  }

  async function openWith(account: AccountId, method: Method, { changes, acted }: Step, before: string | null = null) {
    const { opened, change } = fresh({ account, method, made: dayOf(nowMs()) });
    for (;;) {
      const places = { before, shown: changes, heir: opened.session.binding };
      const { line, freed, changes: old } = await placesOf({ records, rowOf, nowMs, limits }, account, places);
      const all = [...changes, change, ...old, ...(await signInDay(records, account, nowMs(), limits))];
      const written = acted ? await act(records, nowMs(), all, acted) : await records.write(all, null);
      if (written.is === 'stale' && written.at > changes.length) continue; // only the old one, or the day, is another by now
      if (written.is !== 'written') return null;
      for (const { id } of line) met.delete(id);
      for (const { id } of freed) closesHere(id);
      await isIdle(opened.session.binding); // its first sign: who never comes back is gone all the same
      await meet(opened.session.binding);
      return { ...opened, freed: freed.map(sessionIn) };
    }
  }

  const renewals = renewalsOf({
    ...{ records, rowOf, fresh, isIdle, isDue, nowMs, limits },
    isClosed: endings.isClosed,
    follows: async (old, session) => {
      met.delete(old);
      await meet(session.binding);
    },
  });
  const own = ownSessionsOf({ records, rowOf, isOver, isDue, nowMs, limits });
  return {
    async open(account, method, before) {
      const opened = await openWith(account, method, { changes: [] }, before);
      if (!opened) throw new Bug('a new session is not new');
      return opened;
    },
    openWith,
    ...own,
    ...renewals,
    ...endings,
    steppedUp: (session) => mayCount(session.method) && madeAgoMs(session) < limits.stepUpMs,
    leftMs: ({ dueMs }) => Math.max(0, dueMs - nowMs()),
    holds: ({ account }) => presence.holds({ account }),
    bindingOf: (sent) => cookies.find(SESSION, sent),
    metBy(sent) {
      const known = met.get(cookies.find(SESSION, sent) ?? '');
      return known && !isOver(known) ? known.binding : null;
    },
    find,
    async ofBrowser(sent) {
      const binding = cookies.find(SESSION, sent);
      const found = binding === null ? null : await find(binding);
      if (binding === null || found) return found;
      const last = (await lineFrom(rowOf, binding)).at(-1);
      const session = last && last.kept.heir === undefined && last.id !== binding ? sessionIn(last) : null;
      return session && !isOver(session) ? session : null;
    },
    hasHeir: async (binding) => (await rowOf(binding))?.kept.heir !== undefined,
    async isGone(session) {
      const last = (await lineFrom(rowOf, session.binding)).at(-1);
      return (!last || last.kept.heir !== undefined) && (await own.own(session)).length === 0;
    },
    async endIdle() {
      // one in whose place another came is over already: it only leads to that
      const there = (await records.list('session')).filter(({ text }) => !heirOf(text)).map(({ id }) => id);
      const over = await presence.idle({ there, over: [] });
      if (over.length > 0 && !(await records.isOnTime())) return;
      await Promise.all(over.map(endsByItself));
      if (over.length > 0) await presence.idle({ there: [], over });
    },
    cookies,
    takenAway: cookies.taken(SESSION),
  };
}

const changeOf = (id: string, kept: Kept) => ({ kind: 'session' as const, id, text: JSON.stringify(kept) });
