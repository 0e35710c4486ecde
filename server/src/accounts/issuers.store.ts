import type { AccountId, Digest } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import { CHAIN_CHARS_MAX } from '@clbchat/shared/statement/chain';
import * as v from 'valibot';
import { Bug } from '../kernel/failure.ts';
import { act } from '../records/acts.store.ts';
import { bySession } from './sessionsEnded.store.ts';
import { lookedAt, type Change, type Looked, type RecordsStore, type Row } from '../records/records.store.ts';
import { accountId } from './accounts.store.ts';

/** What is stored of an issuer. */
export const issuerDocument = v.strictObject({
  /** whose browser has the key */
  account: accountId,
  /** the root and its word: `root point . payload . signature` */
  statement: v.pipe(v.string(), v.maxLength(CHAIN_CHARS_MAX)),
  /** it stands here all the same, so that nobody puts it on record anew, and longer than all that it signed */
  revoked: v.boolean(),
});

export interface IssuerOnRecord extends Readonly<v.InferOutput<typeof issuerDocument>> {
  /** digest of its public key */
  readonly id: Digest;
  readonly rev: number;
  readonly endMs: number;
}

/** What coordinators sign devices with. One that is nowhere written down, or was revoked, signs nothing that counts [O20]. */
export interface IssuersStore {
  /** The same once more is no news. @returns `taken` where it is another account's, `revoked` where it was, `ended` past its end */
  make(
    id: Digest,
    account: AccountId,
    statement: string,
    endMs: number,
    by: string,
    session?: string,
  ): Promise<'made' | 'taken' | 'revoked' | 'ended'>;
  /** @returns false when there is none. Rejects with Problem `no_cert` when the session that does it ended meanwhile */
  revoke(id: Digest, by: string, session?: string): Promise<boolean>;
  get(id: Digest): Promise<IssuerOnRecord | null>;
  list(): Promise<IssuerOnRecord[]>;
}

/** An issuer as it stood when it was looked at: where somebody revokes it meanwhile, that is thought anew [O60]. */
export const asItStands = ({ id, rev }: IssuerOnRecord): Looked => lookedAt({ kind: 'issuer', id, rev });

interface Needs {
  readonly records: RecordsStore;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'deviceLateMs'>;
}

export function issuersOf({ records, nowMs, limits }: Needs): IssuersStore {
  const get = async (id: Digest) => {
    const row = await records.get({ kind: 'issuer', id });
    return row && readStored(row);
  };
  return {
    get,
    list: async () => (await records.list('issuer')).map(readStored),
    async make(id, account, statement, endMs, by, session) {
      for (;;) {
        // its row would stand nowhere, and with the one of before it is forgotten whose it was and that it was revoked
        if (endMs <= nowMs()) return 'ended';
        const found = await get(id);
        if (found) return found.revoked ? 'revoked' : found.account === account ? 'made' : 'taken';
        const text = JSON.stringify({ account, statement, revoked: false });
        const row: Change = { kind: 'issuer', id, rev: 0, text, endMs };
        const { is } = await act(records, nowMs(), [row, ...(await bySession(records, session))], {
          by,
          act: 'issuer_made',
          about: id,
        });
        if (is === 'written') return 'made';
      }
    },
    async revoke(id, by, session) {
      for (;;) {
        const found = await get(id);
        if (!found) return false;
        if (found.revoked) return true;
        const { account, statement } = found;
        // as long as anything that it signed is on record: of one that ended nobody would know that it was revoked
        const endMs = found.endMs + limits.deviceLateMs;
        const text = JSON.stringify({ account, statement, revoked: true });
        const row: Change = { kind: 'issuer', id, rev: found.rev, endMs, text };
        const changes = [row, ...(await bySession(records, session))];
        const { is } = await act(records, nowMs(), changes, { by, act: 'issuer_removed', about: id });
        if (is === 'written') return true;
      }
    },
  };
}

function readStored({ id, rev, endMs, text }: Row): IssuerOnRecord {
  const read = v.safeParse(issuerDocument, JSON.parse(text));
  if (!read.success) throw new Bug('what is stored of an issuer is none');
  return { ...read.output, id: id as Digest, rev, endMs };
}
