import { createHash, randomBytes } from 'node:crypto';
import type { Limits } from '@clbchat/shared/limits';
import * as v from 'valibot';
import { Bug } from '../kernel/failure.ts';
import { act } from '../records/acts.store.ts';
import type { Change, RecordsStore } from '../records/records.store.ts';
import type { AccountsStore } from './accounts.store.ts';

/** What a one-time address is good for: the first coordinator of a centre, or one more when the others cannot get in. */
const PURPOSES = ['setup', 'recover'] as const;
export type Purpose = (typeof PURPOSES)[number];

const TOKEN_BYTES = 32;
/** Base64url of that, and of its digest. */
export const TOKEN_CHARS = 43;

/** What is stored of one, under what it is good for: the address itself nobody has but who it was printed for. */
const document = v.strictObject({ digest: v.pipe(v.string(), v.length(TOKEN_CHARS)) });

/** An address that may be used now. */
export interface Standing {
  readonly purpose: Purpose;
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
  /** Null for what was used, replaced, is past its end or never was one, without a word which [G3]. */
  find(token: string): Promise<Standing | null>;
}

/** One-time addresses, in the records: at most one of each purpose. */
export function tokensOf({ records, accounts, nowMs, limits }: Needs): TokensStore {
  const isFor = async (purpose: Purpose) => (await accounts.hasCoordinator()) === (purpose === 'recover');
  return {
    async make(purpose, by) {
      for (;;) {
        const row = await records.get({ kind: 'token', id: purpose });
        if (!(await isFor(purpose))) return { is: 'not_now' };
        const token = randomBytes(TOKEN_BYTES).toString('base64url');
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
        return (await isFor(purpose)) ? { purpose, spent: { kind: 'token', id, rev, text: null } } : null;
      }
      return null;
    },
  };
}

const digestOf = (token: string) => createHash('sha256').update(token).digest('base64url');
