import type { Issuer } from '@clbchat/shared/statement/issuer';
import type { AskedIssuer } from '@clbchat/shared/statement/issuerRequest';
import { heardAfter, NOTHING_HEARD, type Heard, type Says } from '../model/team/heard.ts';
import { readFrom, writeTo } from './database.ts';

/** What coordinators sign devices with, in this browser profile: nobody takes the key out, and another account finds none. */
export interface IssuerKeep {
  /** @throws DOMException when the browser reads nothing */
  read(account: string): Promise<Issuer | null>;
  /** In the place of the one before. @throws DOMException when the disk refuses: then the one before stands */
  write(account: string, issuer: Issuer): Promise<void>;
  /** What has no answer of a root yet. @throws as read */
  readAsked(account: string): Promise<AskedIssuer | null>;
  /** Beside what she signs with, until another of that comes. @throws as write */
  writeAsked(account: string, asked: AskedIssuer): Promise<void>;
  /** What was put on record, or may have been: nobody heard that yet. @throws as read */
  readPosted(account: string): Promise<Issuer | null>;
  /** Until she signs with it, or another one takes its place; null once it is off the record. @throws as write */
  writePosted(account: string, posted: Issuer | null): Promise<void>;
  /** `rev` of the latest signed list of sites that stood, 0 for none under her roots. @throws as read */
  readSeen(account: string): Promise<number>;
  /** @throws as write */
  writeSeen(account: string, rev: number): Promise<void>;
  /** What is revoked or gone, to be believed nothing later. @returns all that was heard. @throws as write */
  hear(account: string, says: Says): Promise<Heard>;
  forget(account: string): Promise<void>;
}

interface Kept {
  readonly issuer?: Issuer;
  readonly asked?: AskedIssuer;
  readonly posted?: Issuer | null;
  readonly seen?: number;
  readonly heard?: Heard;
}
const sameRoots = (a: Issuer | undefined, b: Issuer) =>
  a?.pins !== undefined && a.pins.toSorted().join('.') === b.pins?.toSorted().join('.');
const kept = (database: IDBDatabase, account: string) =>
  readFrom<Kept | undefined>(database, 'issuers', (store) => store.get(account));

export const issuerKeep = (database: IDBDatabase): IssuerKeep => ({
  async read(account) {
    return (await kept(database, account))?.issuer ?? null;
  },
  async readAsked(account) {
    return (await kept(database, account))?.asked ?? null;
  },
  writeAsked: (account, asked) =>
    writeTo(database, 'issuers', (store) => {
      const before: IDBRequest<Kept | undefined> = store.get(account);
      before.onsuccess = () => store.put({ ...before.result, account, asked });
    }),
  async readPosted(account) {
    return (await kept(database, account))?.posted ?? null;
  },
  writePosted: (account, posted) =>
    writeTo(database, 'issuers', (store) => {
      const before: IDBRequest<Kept | undefined> = store.get(account);
      before.onsuccess = () => store.put({ ...before.result, account, posted });
    }),
  async readSeen(account) {
    return (await kept(database, account))?.seen ?? 0;
  },
  writeSeen: (account, rev) =>
    writeTo(database, 'issuers', (store) => {
      const before: IDBRequest<Kept | undefined> = store.get(account);
      before.onsuccess = () => {
        if (rev > (before.result?.seen ?? 0)) store.put({ ...before.result, account, seen: rev });
      };
    }),
  async hear(account, says) {
    let heard = NOTHING_HEARD;
    await writeTo(database, 'issuers', (store) => {
      const before: IDBRequest<Kept | undefined> = store.get(account);
      before.onsuccess = () => {
        heard = heardAfter(before.result?.heard ?? NOTHING_HEARD, says);
        store.put({ ...before.result, account, heard });
      };
    });
    return heard;
  },
  // what was seen and heard stays under the same roots; under others nothing of before holds
  write: (account, issuer) =>
    writeTo(database, 'issuers', (store) => {
      const before: IDBRequest<Kept | undefined> = store.get(account);
      before.onsuccess = () => {
        const { issuer: earlier, asked: _answered, posted: _heard, ...known } = before.result ?? {};
        store.put({ ...(sameRoots(earlier, issuer) && known), account, issuer });
      };
    }),
  forget: (account) => writeTo(database, 'issuers', (store) => store.delete(account)),
});
