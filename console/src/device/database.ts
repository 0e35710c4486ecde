/**
 * The console's storage in this browser profile: IndexedDB `clbchat`.
 *
 * - `people`: what one person may sign with here, by `who`
 * - `rows`: wrapped keys of held visits, by `[who, visitId]`; each opens only with the share that the server holds
 * - `prefs`: choices about sound and shortcuts
 */
export type StoreName = 'people' | 'rows' | 'prefs';

/** @throws DOMException when the browser refuses storage (a private window) */
export function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = factory.open('clbchat', 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('people', { keyPath: 'who' });
      opening.result.createObjectStore('rows', { keyPath: ['who', 'visitId'] });
      opening.result.createObjectStore('prefs');
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error('storage refused'));
  });
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
