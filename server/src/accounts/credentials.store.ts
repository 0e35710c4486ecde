import type { AccountId } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import * as v from 'valibot';
import { Bug } from '../kernel/failure.ts';
import { act } from '../records/acts.store.ts';
import type { Acted } from '../records/audit.rules.ts';
import type { Change, RecordsStore, Changes } from '../records/records.store.ts';
import { account as accountDocument, type Account } from './accounts.store.ts';
import { digestOfCode, newCode } from './codes.rules.ts';
import { passwordDocument } from './password.rules.ts';
import { passkey, type Passkey } from './passkeys.rules.ts';
import type { Shown, Step } from './renewal.store.ts';
import { endsOf, bySession } from './sessionsEnded.store.ts';
import type { Standing } from './tokens.store.ts';

const DIGEST_CHARS = 43;

/** What is stored of what somebody signs in with: one document for each account, so that no two changes miss each other. */
export const credentials = v.strictObject({
  passkeys: v.array(passkey),
  /** digests of the recovery codes that were not used yet */
  codes: v.array(v.pipe(v.string(), v.length(DIGEST_CHARS))),
  /** for who has no passkey at hand */
  password: v.optional(passwordDocument),
});
type Kept = v.InferOutput<typeof credentials>;

/** As their owner sees them. */
export interface OwnCredentials {
  readonly passkeys: readonly Passkey[];
  readonly codesLeft: number;
  readonly hasPassword: boolean;
}

interface Begun {
  readonly account: Account;
  readonly passkeys: readonly Passkey[];
  readonly withCodes: boolean;
  /** who let her */
  readonly by: string;
  readonly standing: Standing;
}

interface AddedBy {
  /** binding of the session that makes it */
  readonly session?: string;
  /** asked once nothing else is in the way: what is not kept uses no question up [G91] */
  counts?(): Promise<boolean>;
}

export interface CredentialsStore {
  /**
   * Somebody new together with what she signs in with, and the address that let her spent: one step, to be written with her
   * first session [G4].
   *
   * @returns that step, and her recovery codes, of which only digests are kept
   */
  begin(id: AccountId, begun: Begun): { readonly step: Step; readonly codes: readonly string[] };
  own(account: AccountId): Promise<OwnCredentials>;
  /**
   * `there`: a passkey of that id is hers already. `full`: she has as many as one may have. `spent`: its question was answered
   * before. Rejects with Problem `no_cert` when the session that makes it ended meanwhile.
   */
  add(account: AccountId, added: Passkey, by?: AddedBy): Promise<'added' | 'there' | 'full' | 'spent'>;
  /** The same, and where she has as many as one may have her oldest makes room, in an act of its own [G9]. */
  addForOldest(account: AccountId, added: Passkey, by?: AddedBy): Promise<'added' | 'there' | 'spent'>;
  /**
   * In the same step no session goes on that a passkey opened, but the one that removes it [G82]. `last`: nothing else would
   * let her in, so it stays [G9].
   *
   * @param session binding of that one
   */
  remove(account: AccountId, id: string, session?: string): Promise<'removed' | 'none' | 'last'>;
  /**
   * New codes in the place of all earlier ones, and in the same step no session goes on that one of those opened [G81]. Rejects
   * as `add` does.
   */
  newCodes(account: AccountId, session?: string): Promise<string[]>;
  /** A passkey of this account, with what is to be written once it was used with this counter. */
  passkey(account: string, id: string): Promise<{ passkey: Passkey; used(counter: number): Shown } | null>;
  /** Whose recovery code this is, with what takes it away; null for one that was used, replaced, or never was one. */
  code(typed: string): Promise<Shown | null>;
}

interface Needs {
  readonly records: RecordsStore;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'passkeysMax' | 'codesMade'>;
}

const NONE: Kept = { passkeys: [], codes: [] };
export const changeOf = (id: string, rev: number, kept: Kept): Change => ({
  ...{ kind: 'credential', id, rev },
  text: JSON.stringify(kept),
});

/** What somebody signs in with, and the number of what wrote it; 0 where nothing did. */
export async function standingOf(records: Pick<RecordsStore, 'get'>, id: string): Promise<{ rev: number; kept: Kept }> {
  const row = await records.get({ kind: 'credential', id });
  return row ? { rev: row.rev, kept: readStored(row.text) } : { rev: 0, kept: NONE };
}

// over 80 lines because what may become of one document stands together
export function credentialsOf({ records, nowMs, limits }: Needs): CredentialsStore {
  const standing = (id: string) => standingOf(records, id);
  /** Changes what stands at that moment, until nothing came between; a word leaves it as it is. */
  async function change<Word extends string>(
    account: AccountId,
    which: Acted['act'],
    to: (kept: Kept) => Kept | Word,
    beside: () => Promise<Changes | Word>,
  ): Promise<Word | null> {
    for (;;) {
      const { rev, kept } = await standing(account);
      const next = to(kept);
      if (typeof next === 'string') return next;
      const others = await beside();
      if (typeof others === 'string') return others;
      const acted: Acted = { by: account, act: which, about: account };
      const { is } = await act(records, nowMs(), [changeOf(account, rev, next), ...others], acted);
      if (is === 'written') return null;
    }
  }
  const addUpTo = async (account: AccountId, added: Passkey, { session, counts }: AddedBy, most: number) => {
    const to = (kept: Kept) => {
      if (kept.passkeys.some(({ id }) => id === added.id)) return 'there';
      if (kept.passkeys.length >= most) return 'full';
      return { ...kept, passkeys: [...kept.passkeys, added] };
    };
    const by = async () => {
      const looked = await bySession(records, session);
      return !counts || (await counts()) ? looked : 'spent';
    };
    return (await change<'there' | 'full' | 'spent'>(account, 'passkey_added', to, by)) ?? 'added';
  };
  const remove: CredentialsStore['remove'] = async (account, id, session) => {
    const to = (kept: Kept) => {
      const left = kept.passkeys.filter((one) => one.id !== id);
      if (left.length === kept.passkeys.length) return 'none';
      return left.length === 0 && kept.codes.length === 0 && !kept.password ? 'last' : { ...kept, passkeys: left };
    };
    // which of them it opened nobody keeps; who opens one meanwhile changed what she has, and all is thought anew
    const others = async () => [
      ...(await endsOf(records, account, 'passkey', session)),
      ...(await bySession(records, session)),
    ];
    return (await change<'none' | 'last'>(account, 'passkey_removed', to, others)) ?? 'removed';
  };
  // of who has the paper and waits, too: one that opens meanwhile changed her codes, and all is thought anew
  const endsByCode = (account: AccountId) => endsOf(records, account, 'code');
  const freshCodes = () => Array.from({ length: limits.codesMade }, newCode);

  return {
    begin(id, { account, passkeys, withCodes, by, standing: { spent } }) {
      const codes = withCodes ? freshCodes() : [];
      const made: Change = { kind: 'account', id, rev: 0, text: JSON.stringify(v.parse(accountDocument, account)) };
      const first = changeOf(id, 0, { passkeys: [...passkeys], codes: codes.map(digestOf) });
      return { codes, step: { changes: [spent, made, first], acted: { by, act: 'account_made', about: id } } };
    },
    async own(account) {
      const { passkeys, codes, password } = (await standing(account)).kept;
      return { passkeys, codesLeft: codes.length, hasPassword: password !== undefined };
    },
    add: (account, added, by = {}) => addUpTo(account, added, by, limits.passkeysMax),
    async addForOldest(account, added, by = {}) {
      for (;;) {
        const is = await addUpTo(account, added, by, limits.passkeysMax);
        if (is !== 'full') return is;
        // the new one first: what is refused takes nothing
        const beyond = await addUpTo(account, added, by, limits.passkeysMax + 1);
        const [oldest] = (await standing(account)).kept.passkeys;
        if (oldest && (beyond === 'added' || beyond === 'full')) await remove(account, oldest.id, by.session);
        if (beyond !== 'full') return beyond;
      }
    },
    remove,
    async newCodes(account, session) {
      const fresh = freshCodes();
      await change<never>(
        account,
        'codes_made',
        (kept) => ({ ...kept, codes: fresh.map(digestOf) }),
        async () => [...(await endsByCode(account)), ...(await bySession(records, session))],
      );
      return fresh;
    },
    async passkey(account, id) {
      const { rev, kept } = await standing(account);
      const found = kept.passkeys.find((one) => one.id === id);
      if (!found) return null;
      const used = (counter: number): Shown => {
        const passkeys = kept.passkeys.map((one) => (one.id === id ? { ...one, counter } : one));
        return { account: account as AccountId, step: { changes: [changeOf(account, rev, { ...kept, passkeys })] } };
      };
      return { passkey: found, used };
    },
    async code(typed) {
      const digest = digestOfCode(typed);
      if (digest === null) return null;
      for (const { id, rev, text } of await records.list('credential')) {
        const kept = readStored(text);
        if (!kept.codes.includes(digest)) continue;
        const codes = kept.codes.filter((one) => one !== digest);
        const account = id as AccountId;
        const over = codes.length === 0 ? await endsByCode(account) : [];
        return { account, step: { changes: [changeOf(id, rev, { ...kept, codes }), ...over] } };
      }
      return null;
    },
  };
}

function digestOf(code: string): string {
  const digest = digestOfCode(code);
  if (digest === null) throw new Bug('a code of ours is none');
  return digest;
}

function readStored(text: string): Kept {
  const read = v.safeParse(credentials, JSON.parse(text));
  if (!read.success) throw new Bug('what is stored of credentials is none');
  return read.output;
}
