import type { Issuer } from '@clbchat/shared/statement/issuer';
import type { AskedIssuer } from '@clbchat/shared/statement/issuerRequest';
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
  forget(account: string): Promise<void>;
}

interface Kept {
  readonly issuer?: Issuer;
  readonly asked?: AskedIssuer;
}
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
  write: (account, issuer) => writeTo(database, 'issuers', (store) => store.put({ account, issuer })),
  forget: (account) => writeTo(database, 'issuers', (store) => store.delete(account)),
});
