import type { AccountId, Digest } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import { point } from '@clbchat/shared/statement/certificate.schema';
import * as v from 'valibot';
import { Bug } from '../kernel/failure.ts';
import { turnOf } from '../records/acts.store.ts';
import type { RecordsStore, Row } from '../records/records.store.ts';
import { accountId } from './accounts.store.ts';

/** What is stored of a computer that asks to be signed. */
const askDocument = v.strictObject({ account: accountId, pub: point });

export interface Ask {
  /** digest of its public key */
  readonly id: Digest;
  readonly rev: number;
  readonly account: AccountId;
  readonly pub: string;
}

/** Computers that ask to be signed; whoever asked and was not signed within a day asks anew. */
export interface AsksStore {
  /** The same once more is no news. @returns `full` where this account asks for too many at once; `taken` where another asks for it */
  ask(id: Digest, account: AccountId, pub: string): Promise<'asked' | 'full' | 'taken'>;
  list(): Promise<Ask[]>;
  rowOf(id: Digest): Promise<Ask | null>;
}

interface Needs {
  readonly records: Pick<RecordsStore, 'get' | 'list' | 'write'>;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'askKeptMs' | 'asksMax'>;
}

export function asksOf({ records, nowMs, limits }: Needs): AsksStore {
  const list = async () => (await records.list('ask')).map(readStored);
  return {
    async ask(id, account, pub) {
      for (;;) {
        const turn = await turnOf(records);
        const all = await list();
        const found = all.find((one) => one.id === id);
        if (found) return found.account === account ? 'asked' : 'taken';
        if (all.filter((one) => one.account === account).length >= limits.asksMax) return 'full';
        const text = JSON.stringify({ account, pub });
        const endMs = nowMs() + limits.askKeptMs;
        const { is } = await records.write([{ kind: 'ask', id, rev: 0, text, endMs }, turn], null);
        if (is === 'written') return 'asked';
      }
    },
    list,
    async rowOf(id) {
      const row = await records.get({ kind: 'ask', id });
      return row && readStored(row);
    },
  };
}

function readStored({ id, rev, text }: Row): Ask {
  const read = v.safeParse(askDocument, JSON.parse(text));
  if (!read.success) throw new Bug('what is stored of a computer that asks is none');
  return { ...read.output, id: id as Digest, rev };
}
