import type { Issuer } from '@clbchat/shared/statement/issuer';
import { readFrom, writeTo } from './database.ts';

/** What coordinators sign devices with, in this browser profile: nobody takes the key out, and another account finds none. */
export interface IssuerKeep {
  /** @throws DOMException when the browser reads nothing */
  read(account: string): Promise<Issuer | null>;
  /** In the place of the one before. @throws DOMException when the disk refuses: then the one before stands */
  write(account: string, issuer: Issuer): Promise<void>;
  forget(account: string): Promise<void>;
}

export const issuerKeep = (database: IDBDatabase): IssuerKeep => ({
  async read(account) {
    const kept = await readFrom<{ issuer: Issuer } | undefined>(database, 'issuers', (store) => store.get(account));
    return kept?.issuer ?? null;
  },
  write: (account, issuer) => writeTo(database, 'issuers', (store) => store.put({ account, issuer })),
  forget: (account) => writeTo(database, 'issuers', (store) => store.delete(account)),
});
