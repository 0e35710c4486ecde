/**
 * The console's storage in this browser profile: IndexedDB `clbchat`.
 *
 * - `people`: what one person may sign with here, by `who`
 * - `rows`: wrapped keys of held visits, by `[who, visitId]`; each opens only with the share that the server holds
 * - `prefs`: choices about sound and shortcuts
 * - `issuers`: what a coordinator signs devices with, by `account`
 */
export type StoreName = 'people' | 'rows' | 'prefs' | 'issuers';

/** Raised with every store that comes. A profile of an earlier release keeps all that it has. */
const VERSION = 2;

/** What looks every few seconds would make it anew while the page that gave it up is still there. */
let isGivenUp = false;

/** @throws DOMException when the browser refuses storage (a private window), Error once it was given up here */
export function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    if (isGivenUp) throw new Error('storage was given up');
    const opening = factory.open('clbchat', VERSION);
    opening.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion < 1) {
        opening.result.createObjectStore('people', { keyPath: 'who' });
        opening.result.createObjectStore('rows', { keyPath: ['who', 'visitId'] });
        opening.result.createObjectStore('prefs');
      }
      opening.result.createObjectStore('issuers', { keyPath: 'account' });
    };
    opening.onsuccess = () => {
      // a tab of a later release waits for no tab of this one, and a profile that is given up waits for none
      opening.result.onversionchange = () => opening.result.close();
      resolve(opening.result);
    };
    // a tab of an earlier release stands in the way: who waited for it would see an empty page
    opening.onblocked = () => reject(new Error('storage is of an open tab'));
    opening.onerror = () => reject(opening.error ?? new Error('storage refused'));
  });
}

/** Everything that this browser profile keeps of whoever worked here: from here on this page keeps nothing. @returns false when something stands in the way */
export async function wipeProfile(factory: IDBFactory): Promise<boolean> {
  isGivenUp = true;
  isGivenUp = await new Promise((resolve) => {
    const wiping = factory.deleteDatabase('clbchat');
    wiping.onsuccess = () => resolve(true);
    wiping.onerror = () => resolve(false);
    wiping.onblocked = () => resolve(false);
  });
  return isGivenUp;
}

/** Reads. @throws DOMException of the request */
export function readFrom<Value>(
  database: IDBDatabase,
  store: StoreName,
  ask: (store: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const request = ask(database.transaction(store, 'readonly').objectStore(store));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('read failed'));
  });
}

/** Writes, and waits until it is on disk as far as the browser tells. @throws DOMException of the transaction */
export function writeTo(
  database: IDBDatabase,
  store: StoreName,
  change: (store: IDBObjectStore) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, 'readwrite', { durability: 'strict' });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('write failed'));
    change(transaction.objectStore(store));
  });
}
