import type { Person } from '../model/session.ts';
import { readFrom, writeTo } from './database.ts';

/** A person's device key, and what the last sign-in answered. */
export interface StoredPerson {
  who: string;
  keys: CryptoKeyPair;
  signed: Omit<Person, 'who' | 'deviceKey' | 'roles' | 'endsMs'> | null;
}

export const readPerson = (database: IDBDatabase, who: string): Promise<StoredPerson | undefined> =>
  readFrom<StoredPerson | undefined>(database, 'people', (store) => store.get(who));

export const readPeople = (database: IDBDatabase): Promise<StoredPerson[]> =>
  readFrom<StoredPerson[]>(database, 'people', (store) => store.getAll());

export const writePerson = (database: IDBDatabase, person: StoredPerson): Promise<void> =>
  writeTo(database, 'people', (store) => store.put(person));

/** What she may do the service says anew each time. */
export const asPerson = ({ who, keys, signed }: StoredPerson, roles: Person['roles']): Person | null =>
  signed && { who, deviceKey: keys.privateKey, ...signed, roles, endsMs: null };
