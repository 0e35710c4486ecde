import type { AccountId, Digest } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import { point } from '@clbchat/shared/statement/certificate.schema';
import * as v from 'valibot';
import { fewOfEach } from '../kernel/fewAtOnce.ts';
import { Bug } from '../kernel/failure.ts';
import type { Change, RecordsStore, Row } from '../records/records.store.ts';
import { accountId } from './accounts.store.ts';
import { bySession } from './sessionsEnded.store.ts';

/** What is stored of a computer that asks to be signed. */
const askDocument = v.strictObject({ account: accountId, pub: point });

export interface Ask {
  /** digest of its public key */
  readonly id: Digest;
  readonly rev: number;
  readonly account: AccountId;
  readonly pub: string;
  readonly endMs: number;
}

/** Computers that ask to be signed; whoever asked and was not signed within a day asks anew. */
export interface AsksStore {
  /**
   * The same once more is no news. Where this account asks for as many as it may, its oldest makes room: whoever had her cookie
   * keeps her from nothing. One of an account is under way at a time, and none touches a row that a change of the team needs:
   * however many they are, they hold up no other's step. Rejects with Problem `no_cert` when the session that asks ended meanwhile.
   *
   * @returns `taken` where another asks for it, `busy` where too many of hers wait already
   */
  ask(id: Digest, account: AccountId, pub: string, session?: string): Promise<'asked' | 'taken' | 'busy'>;
  /** @param of only where it is this account's. @returns false when there is none. Rejects as `ask` does */
  remove(id: Digest, of?: AccountId, session?: string): Promise<boolean>;
  list(): Promise<Ask[]>;
  rowOf(id: Digest): Promise<Ask | null>;
}

interface Needs {
  readonly records: Pick<RecordsStore, 'get' | 'list' | 'write'>;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'askKeptMs' | 'asksMax' | 'asksWaitingMax'>;
}

export function asksOf({ records, nowMs, limits }: Needs): AsksStore {
  const list = async () => (await records.list('ask')).map(readStored);
  const ofEach = fewOfEach({ atOnce: Infinity, ofEach: 1, queueMax: 0, queueOfEachMax: limits.asksWaitingMax });

  async function asked(id: Digest, account: AccountId, pub: string, session?: string): Promise<'asked' | 'taken'> {
    for (;;) {
      const all = await list();
      const found = all.find((one) => one.id === id);
      if (found) return found.account === account ? 'asked' : 'taken';
      const hers = all.filter((one) => one.account === account).toSorted((a, b) => a.endMs - b.endMs);
      const beyond = hers.slice(0, Math.max(0, hers.length + 1 - limits.asksMax));
      const text = JSON.stringify({ account, pub });
      const made: Change = { kind: 'ask', id, rev: 0, text, endMs: nowMs() + limits.askKeptMs };
      const by = await bySession(records, session);
      if ((await records.write([made, ...beyond.map(goneOf), ...by], null)).is === 'written') return 'asked';
    }
  }

  return {
    ask: async (id, account, pub, session) =>
      (await ofEach.run(account, () => asked(id, account, pub, session)))?.value ?? 'busy',
    list,
    async remove(id, of, session) {
      for (;;) {
        const row = await records.get({ kind: 'ask', id });
        const found = row && readStored(row);
        if (!found || (of !== undefined && found.account !== of)) return false;
        const changes = [goneOf(found), ...(await bySession(records, session))];
        if ((await records.write(changes, null)).is === 'written') return true;
      }
    },
    async rowOf(id) {
      const row = await records.get({ kind: 'ask', id });
      return row && readStored(row);
    },
  };
}

const goneOf = ({ id, rev }: Ask): Change => ({ kind: 'ask', id, rev, text: null });

function readStored({ id, rev, endMs, text }: Row): Ask {
  const read = v.safeParse(askDocument, JSON.parse(text));
  if (!read.success) throw new Bug('what is stored of a computer that asks is none');
  return { ...read.output, id: id as Digest, rev, endMs };
}
