import type { AccountId } from '@clbchat/shared/ids';
import { isName, NAME_CHARS_MAX, spaced } from '@clbchat/shared/names';
import * as v from 'valibot';
import { Bug } from '../kernel/failure.ts';
import { act } from '../records/acts.store.ts';
import type { RecordsStore } from '../records/records.store.ts';

const ID_CHARS_MAX = 32;
export const ROLES = ['counsellor', 'coordinator'] as const;
export type Role = (typeof ROLES)[number];

export const accountId = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(ID_CHARS_MAX),
  v.transform((text) => text as AccountId),
);

/** As somebody writes her own name: one line, nothing that cannot be seen, one spelling of what looks alike [G93]. */
export const personsName = v.pipe(
  v.string(),
  v.maxLength(NAME_CHARS_MAX),
  v.trim(),
  v.normalize('NFC'),
  v.transform(spaced),
  v.minLength(1),
  v.maxLength(NAME_CHARS_MAX), // some are longer in that spelling
  v.check(isName),
);

/** What is stored of an account. */
export const account = v.strictObject({
  /** as colleagues read it; what visitors read stands in the device's certificate */
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(NAME_CHARS_MAX)),
  roles: v.array(v.picklist(ROLES)),
  disabled: v.boolean(),
});

/** Somebody who works here. */
export type Account = Readonly<v.InferOutput<typeof account>>;

/** The same as a row: `rev` is what whoever changes it says that she saw. */
export interface AccountRow extends Account {
  readonly id: AccountId;
  readonly rev: number;
}

export interface AccountsStore {
  /** Throws Bug when what is stored is no account. */
  get(id: AccountId): Promise<Account | null>;
  /** All of the centre, the disabled ones too. Throws Bug as `get` does. */
  list(): Promise<AccountRow[]>;
  /** Whether there ever was one, and be it disabled: then this centre has been set up. */
  hasCoordinator(): Promise<boolean>;
  /**
   * @param by id of the account that makes it
   * @returns false when there is one of that id: it stays as it is
   */
  make(id: AccountId, made: Account, by: string): Promise<boolean>;
}

/** Who works at a centre, in the records. */
export function accountsOf(records: RecordsStore, nowMs: () => number): AccountsStore {
  const list = async () =>
    (await records.list('account')).map(({ id, rev, text }) => ({ ...readStored(text), id: id as AccountId, rev }));
  return {
    async get(id) {
      const row = await records.get({ kind: 'account', id });
      return row && readStored(row.text);
    },
    list,
    hasCoordinator: async () => (await list()).some(({ roles }) => roles.includes('coordinator')),
    async make(id, made, by) {
      const change = { kind: 'account' as const, id, rev: 0, text: JSON.stringify(made) };
      const { is } = await act(records, nowMs(), [change], { by, act: 'account_made', about: id });
      return is === 'written';
    },
  };
}

function readStored(text: string): Account {
  const read = v.safeParse(account, JSON.parse(text));
  if (!read.success) throw new Bug('what is stored of an account is none');
  return read.output;
}
