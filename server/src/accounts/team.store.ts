import type { AccountId } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import { act, turnOf } from '../records/acts.store.ts';
import type { Acted } from '../records/audit.rules.ts';
import type { Change, RecordsStore } from '../records/records.store.ts';
import type { Account, AccountRow, AccountsStore, Role } from './accounts.store.ts';
import { bySession } from './sessionsEnded.store.ts';
import { lastInOf, type LastIn } from './signInDay.store.ts';
import { digestOf, newToken, readInvitation } from './tokens.store.ts';

/** Somebody of the team, as a coordinator sees her. */
export interface Member extends AccountRow {
  readonly lastIn: LastIn;
}

/** An account that waits for somebody to make it. */
export interface Invitation {
  /** names it, and opens nothing */
  readonly id: string;
  /** for whom, as whoever invites wrote it; '' = not said */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly by: string;
  readonly endMs: number;
}

export interface Team {
  readonly people: readonly Member[];
  readonly invitations: readonly Invitation[];
}

/**
 * Why a change is none: `not_yours`, who asks is no coordinator (any more); `stale`, somebody else changed that account first;
 * `own`, her own right to be here; `gone`, there is no such account or invitation (any more); `full`, as many as there may be.
 */
type Refusal = 'not_yours' | 'stale' | 'own' | 'gone' | 'full';
type Answer = 'done' | Refusal;

/** Which account, and the `rev` of it that was seen. */
interface Seen {
  readonly account: string;
  readonly rev: number;
}

/**
 * Who works here and who may do what. Each change is one step with its act, and they come one after the other [T1 T6 T9]. By
 * the session of this binding: rejects with Problem `no_cert` when it ended meanwhile [G81].
 */
export interface TeamStore {
  now(): Promise<Team>;
  /** @returns the 256 random bits that make the address, as base64url: kept nowhere, and shown once */
  invite(
    by: AccountId,
    wish: { readonly roles: readonly Role[]; readonly name: string },
    session?: string,
  ): Promise<{ is: 'made'; token: string; endMs: number } | { is: Refusal }>;
  withdraw(by: AccountId, id: string, session?: string): Promise<Answer>;
  setRoles(by: AccountId, seen: Seen, roles: readonly Role[], session?: string): Promise<Answer>;
  /** Ends every session of the account, too, in the same step. */
  setDisabled(by: AccountId, seen: Seen, disabled: boolean, session?: string): Promise<Answer>;
}

interface Needs {
  readonly records: RecordsStore;
  readonly accounts: Pick<AccountsStore, 'list'>;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'invitationMs' | 'invitationsMax' | 'accountsMax'>;
}

interface Planned {
  readonly changes: readonly Change[];
  readonly acted: Acted;
}

const actOf = (roles: readonly Role[]): Acted['act'] => {
  if (roles.length > 1) return 'made_both';
  return roles[0] === 'coordinator' ? 'made_coordinator' : 'made_counsellor';
};
const isSame = (some: readonly Role[], others: readonly Role[]) =>
  some.length === others.length && some.every((role) => others.includes(role));
const isCoordinator = (account: Account | undefined) =>
  account !== undefined && !account.disabled && account.roles.includes('coordinator');
const changeOf = ({ id, rev, name, roles, disabled }: AccountRow): Change => ({
  ...{ kind: 'account', id, rev },
  text: JSON.stringify({ name, roles, disabled } satisfies Account),
});

// over 80 lines because every change of a team stands beside the one step that all of them are
export function teamOf({ records, accounts, nowMs, limits }: Needs): TeamStore {
  const invitations = async (): Promise<(Invitation & { rev: number })[]> =>
    (await records.list('invitation')).map(({ id, rev, endMs, text }) => ({ ...readInvitation(text), id, rev, endMs }));

  /** Thinks anew as long as something came between. A word leaves all as it is. */
  async function step(
    by: AccountId,
    think: (people: readonly AccountRow[]) => Answer | Planned | Promise<Answer | Planned>,
    session?: string,
  ): Promise<Answer> {
    for (;;) {
      const turn = await turnOf(records); // two who take each other's role leave one
      const people = await accounts.list();
      if (!isCoordinator(people.find(({ id }) => id === by))) return 'not_yours';
      const next = await think(people);
      if (typeof next === 'string') return next;
      const changes = [...next.changes, turn, ...(await bySession(records, session))];
      if ((await act(records, nowMs(), changes, next.acted)).is === 'written') return 'done';
    }
  }

  /** What somebody leaves open who is no coordinator from now on: her invitations. */
  const invitedBy = async (account: string): Promise<Change[]> =>
    (await invitations())
      .filter(({ by }) => by === account)
      .map(({ id, rev }) => ({ kind: 'invitation', id, rev, text: null }));

  /** Whoever was signed in is not any more, and no earlier session opens anything when she may come back. */
  async function sessionsOf(account: string): Promise<Change[]> {
    const rows = await records.list('session');
    const theirs = rows.filter(({ text }) => (JSON.parse(text) as { account?: unknown }).account === account);
    return theirs.map(({ id, rev }) => ({ kind: 'session', id, rev, text: null }));
  }

  /** @param is how it would stand; where it stands so already nothing is written, whoever made it so */
  async function changing(
    by: AccountId,
    { account, rev }: Seen,
    is: (row: AccountRow) => { to: AccountRow; act: Acted['act']; isOwn: boolean } | null,
    beside: (to: AccountRow) => Promise<Change[]>,
    session: string | undefined,
  ): Promise<Answer> {
    return step(
      by,
      async (people) => {
        const row = people.find(({ id }) => id === account);
        if (!row) return 'gone';
        const next = is(row);
        if (!next) return 'done';
        if (next.isOwn && account === by) return 'own';
        if (row.rev !== rev) return 'stale';
        const changes = [changeOf(next.to), ...(await beside(next.to))];
        return { changes, acted: { by, act: next.act, about: account } };
      },
      session,
    );
  }

  return {
    async now() {
      const [people, lastIn, open] = await Promise.all([accounts.list(), lastInOf(records, nowMs()), invitations()]);
      return {
        people: people.map((one) => ({ ...one, lastIn: lastIn(one.id) })),
        invitations: open.map(({ rev: _rev, ...shown }) => shown),
      };
    },
    async invite(by, { roles, name }, session) {
      const token = newToken();
      const id = digestOf(token);
      const endMs = nowMs() + limits.invitationMs;
      const is = await step(
        by,
        async (people) => {
          const open = (await invitations()).length;
          if (open >= limits.invitationsMax || people.length + open >= limits.accountsMax) return 'full';
          const made: Change = { kind: 'invitation', id, rev: 0, text: JSON.stringify({ roles, by, name }), endMs };
          return { changes: [made], acted: { by, act: 'person_invited', about: id } };
        },
        session,
      );
      return is === 'done' ? { is: 'made', token, endMs } : { is };
    },
    withdraw: (by, id, session) =>
      step(
        by,
        async () => {
          const row = await records.get({ kind: 'invitation', id });
          if (!row) return 'gone';
          const changes: Change[] = [{ kind: 'invitation', id, rev: row.rev, text: null }];
          return { changes, acted: { by, act: 'invitation_withdrawn', about: id } };
        },
        session,
      ),
    setRoles: (by, seen, roles, session) =>
      changing(
        by,
        seen,
        (row) =>
          isSame(row.roles, roles)
            ? null
            : { to: { ...row, roles: [...roles] }, act: actOf(roles), isOwn: !roles.includes('coordinator') },
        async (to) => (isCoordinator(to) ? [] : invitedBy(to.id)),
        session,
      ),
    setDisabled: (by, seen, disabled, session) =>
      changing(
        by,
        seen,
        (row) =>
          row.disabled === disabled
            ? null
            : { to: { ...row, disabled }, act: disabled ? 'account_disabled' : 'account_enabled', isOwn: true },
        async ({ id }) => [...(await sessionsOf(id)), ...(disabled ? await invitedBy(id) : [])],
        session,
      ),
  };
}
