import type { Person, Who } from '../model/session.ts';
import { readFrom, writeTo } from './database.ts';

/** A person's device key, and what the last sign-in answered. */
export interface StoredPerson {
  who: Who;
  keys: CryptoKeyPair;
  signed: Omit<Person, 'who' | 'deviceKey' | 'endsMs'> | null;
}

export const readPerson = (database: IDBDatabase, who: Who): Promise<StoredPerson | undefined> =>
  readFrom<StoredPerson | undefined>(database, 'people', (store) => store.get(who));

export const readPeople = (database: IDBDatabase): Promise<StoredPerson[]> =>
  readFrom<StoredPerson[]>(database, 'people', (store) => store.getAll());

export const writePerson = (database: IDBDatabase, person: StoredPerson): Promise<void> =>
  writeTo(database, 'people', (store) => store.put(person));

export const asPerson = ({ who, keys, signed }: StoredPerson): Person | null =>
  signed && { who, deviceKey: keys.privateKey, ...signed, endsMs: null };
