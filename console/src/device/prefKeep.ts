import type { PrefKeep, Prefs } from '../model/prefs.ts';
import { readFrom, writeTo } from './database.ts';

/** Choices that could not be kept hold until the tab closes. */
export const prefKeep = (database: IDBDatabase): PrefKeep => ({
  read: () =>
    readFrom<Partial<Prefs> | undefined>(database, 'prefs', (store) => store.get('console')).then(
      (kept) => kept ?? {},
      () => ({}),
    ),
  write: (prefs) => writeTo(database, 'prefs', (store) => store.put(prefs, 'console')).catch(() => undefined),
});
