import { createHash, randomBytes } from 'node:crypto';
import type { Limits } from '@clbchat/shared/limits';
import { NAME_CHARS_MAX } from '@clbchat/shared/names';
import * as v from 'valibot';
import { Bug } from '../kernel/failure.ts';
import { act } from '../records/acts.store.ts';
import { SHELL } from '../records/audit.rules.ts';
import type { Change, RecordsStore } from '../records/records.store.ts';
import { account as accountDocument, accountId, type AccountsStore, type Role } from './accounts.store.ts';

/** What an address that the shell prints is good for: the first coordinator of a centre, or one more when the others cannot get in. */
export const PURPOSES = ['setup', 'recover'] as const;
export type Purpose = (typeof PURPOSES)[number];

const TOKEN_BYTES = 32;
/** Base64url of that, and of its digest. */
export const TOKEN_CHARS = 43;

/** What is stored of one, under what it is good for: the address itself nobody has but who it was printed for. */
const document = v.strictObject({ digest: v.pipe(v.string(), v.length(TOKEN_CHARS)) });

/** What is stored of an invitation, under the digest of its address: who has that makes an account with these roles [T5]. */
const invitation = v.strictObject({
  roles: accountDocument.entries.roles,
  by: accountId,
  /** for whom, as whoever invites wrote it; '' = not said. The account's own name she writes herself */
  name: v.pipe(v.string(), v.maxLength(NAME_CHARS_MAX)),
});

/** An address that may be used now. */
export interface Standing {
  readonly purpose: Purpose | 'invite';
  /** what the account may do that is made with it */
  readonly roles: readonly Role[];
  /** who let her: id of an account, or SHELL */
  readonly by: string;
  /** takes it away, in the same step as what it was used for; `stale` says that somebody else used it */
  readonly spent: Change;
}

interface Needs {
  readonly records: RecordsStore;
  readonly accounts: Pick<AccountsStore, 'hasCoordinator'>;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'addressMs'>;
}

export interface TokensStore {
  /**
   * A new one, which opens from now on for `addressMs`; the one before of the same purpose opens nothing any more [G1 G2].
   *
   * @returns the 256 random bits that make the address, as base64url. `not_now`: set-up never runs twice, and nobody is
   *   recovered where nobody was set up
   */
  make(purpose: Purpose, by: string): Promise<{ is: 'made'; token: string } | { is: 'not_now' }>;
  /** Of the shell or an invitation. Null for what was used, replaced, withdrawn, is past its end or never was one, without a word which [G3]. */
  find(token: string): Promise<Standing | null>;
}

/** One-time addresses, in the records: of the shell's at most one of each purpose. Invitations are made by `team.store`. */
export function tokensOf({ records, accounts, nowMs, limits }: Needs): TokensStore {
  const isFor = async (purpose: Purpose) => (await accounts.hasCoordinator()) === (purpose === 'recover');
  return {
    async make(purpose, by) {
      for (;;) {
        const row = await records.get({ kind: 'token', id: purpose });
        if (!(await isFor(purpose))) return { is: 'not_now' };
        const token = newToken();
        const change: Change = {
          ...{ kind: 'token', id: purpose, rev: row?.rev ?? 0 },
          text: JSON.stringify({ digest: digestOf(token) }),
          endMs: nowMs() + limits.addressMs,
        };
        const { is } = await act(records, nowMs(), [change], { by, act: 'address_made', about: purpose });
        if (is === 'written') return { is: 'made', token };
      }
    },
    async find(token) {
      const digest = digestOf(token);
      for (const { id, rev, text } of await records.list('token')) {
        const purpose = PURPOSES.find((one) => one === id);
        const read = v.safeParse(document, JSON.parse(text));
        if (!purpose || !read.success) throw new Bug('what is stored of a one-time address is none');
        if (read.output.digest !== digest) continue;
        const spent: Change = { kind: 'token', id, rev, text: null };
        return (await isFor(purpose)) ? { purpose, roles: ['coordinator'], by: SHELL, spent } : null;
      }
      const row = await records.get({ kind: 'invitation', id: digest });
      if (!row) return null;
      const { roles, by } = readInvitation(row.text);
      return { purpose: 'invite', roles, by, spent: { kind: 'invitation', id: digest, rev: row.rev, text: null } };
    },
  };
}

/** 256 random bits, as base64url. */
export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

export function readInvitation(text: string): v.InferOutput<typeof invitation> {
  const read = v.safeParse(invitation, JSON.parse(text));
  if (!read.success) throw new Bug('what is stored of an invitation is none');
  return read.output;
}

/** All that is kept of one. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
