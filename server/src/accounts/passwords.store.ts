import type { AccountId } from '@clbchat/shared/ids';
import * as v from 'valibot';
import { Bug } from '../kernel/failure.ts';
import { act } from '../records/acts.store.ts';
import type { Change, RecordsStore } from '../records/records.store.ts';
import { changeOf, standingOf } from './credentials.store.ts';
import { stepOf, type Password } from './password.rules.ts';
import type { Shown } from './renewal.store.ts';
import { bySession, endsOf } from './sessionsEnded.store.ts';
import type { Secrets } from './secrets.rules.ts';

/** What is stored under the name that somebody types: whose it is. */
export const loginDocument = v.strictObject({ account: v.pipe(v.string(), v.maxLength(32)) });

interface Needs {
  readonly records: RecordsStore;
  readonly nowMs: () => number;
}

/** Whose password it is, and what is written once a code of this step was shown. */
export interface PasswordOf {
  readonly account: AccountId;
  readonly password: Password;
  used(step: number): Shown;
}

export interface PasswordsStore {
  /** By what she typed as her name; null for nobody's. */
  byLogin(login: string): Promise<PasswordOf | null>;
  of(account: AccountId): Promise<PasswordOf | null>;
  /**
   * In the place of the one before, by the session of this binding: no other goes on that the one before opened [G82]. `taken`:
   * somebody else has that name. Rejects with Problem `no_cert` when that session ended meanwhile.
   */
  set(account: AccountId, password: Password, session?: string): Promise<'set' | 'taken'>;
  /** By the session of this binding: no other goes on that it opened [G82]. `last`: nothing else would let her in, so it stays. */
  remove(account: AccountId, session?: string): Promise<'removed' | 'none' | 'last'>;
}

const NOBODY = '' as AccountId;

/** Passwords stand in the document of credentials, and the names in rows of their own, so that no two people have the same. */
export function passwordsOf({ records, nowMs }: Needs): PasswordsStore {
  const loginRow = (login: string) => records.get({ kind: 'login', id: login });
  const ownerOf = (text: string) => {
    const read = v.safeParse(loginDocument, JSON.parse(text));
    if (!read.success) throw new Bug('what is stored of a name is none');
    return read.output.account as AccountId;
  };
  const freed = async (login: string): Promise<Change[]> => {
    const row = await loginRow(login);
    return row ? [{ kind: 'login', id: login, rev: row.rev, text: null }] : [];
  };
  const of: PasswordsStore['of'] = async (account) => {
    const { rev, kept } = await standingOf(records, account);
    const { password } = kept;
    if (!password) return null;
    const used = (step: number) => ({
      account,
      step: { changes: [changeOf(account, rev, { ...kept, password: { ...password, step } })] },
    });
    return { account, password, used };
  };
  return {
    of,
    async byLogin(login) {
      const row = await loginRow(login);
      // nobody's name is looked up as far, so that it takes as long
      const found = await of(row ? ownerOf(row.text) : NOBODY);
      return row && found?.password.login === login ? found : null;
    },
    async set(account, password, session) {
      for (;;) {
        const [{ rev, kept }, row] = await Promise.all([standingOf(records, account), loginRow(password.login)]);
        if (row && ownerOf(row.text) !== account) return 'taken';
        const by = await bySession(records, session);
        const before = kept.password && kept.password.login !== password.login ? await freed(kept.password.login) : [];
        const name: Change = {
          ...{ kind: 'login', id: password.login, rev: row?.rev ?? 0 },
          text: JSON.stringify({ account }),
        };
        const others = await endsOf(records, account, 'password', session);
        const changes = [changeOf(account, rev, { ...kept, password }), name, ...before, ...by, ...others];
        const { is } = await act(records, nowMs(), changes, { by: account, act: 'password_set', about: account });
        if (is === 'written') return 'set';
      }
    },
    async remove(account, session) {
      for (;;) {
        const { rev, kept } = await standingOf(records, account);
        const { password, ...rest } = kept;
        if (!password) return 'none';
        if (rest.passkeys.length === 0 && rest.codes.length === 0) return 'last';
        const by = await bySession(records, session);
        const others = await endsOf(records, account, 'password', session);
        const changes = [changeOf(account, rev, rest), ...(await freed(password.login)), ...by, ...others];
        const { is } = await act(records, nowMs(), changes, { by: account, act: 'password_removed', about: account });
        if (is === 'written') return 'removed';
      }
    },
  };
}

/** What tells the step of somebody's code; null for a wrong one, and for one that counted before. */
export function codesBy(secrets: Pick<Secrets, 'open'>, nowMs: () => number) {
  return ({ account, password }: Pick<PasswordOf, 'account' | 'password'>, code: string): number | null => {
    const seed = secrets.open(password.seed, account);
    return seed && stepOf(code, seed, password.step, nowMs());
  };
}
