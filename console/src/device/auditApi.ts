import type { AuditLog, AuditPorts, SeenHead } from '../model/audit.ts';
import { openDatabase, readFrom, writeTo } from './database.ts';

const KEY = 'audit';

/** The log from the service, and the end of it that this browser profile saw last. */
export function createAuditPorts(fetchFrom: typeof fetch, factory: IDBFactory, nowMs: () => number): AuditPorts {
  return {
    nowMs,
    async read() {
      const how: RequestInit = { headers: { 'x-clb': '1' }, credentials: 'same-origin' };
      const answer = await fetchFrom('/api/audit', how).catch(() => null);
      const said = answer?.ok ? ((await answer.json().catch(() => null)) as AuditLog | null) : null;
      const isOne = Array.isArray(said?.entries) && typeof said.head === 'string' && typeof said.after === 'string';
      return isOne ? { ...said, names: Object(said.names) as AuditLog['names'] } : null;
    },
    async seen() {
      const database = await openDatabase(factory);
      const kept = await readFrom<SeenHead | undefined>(database, 'prefs', (store) => store.get(KEY));
      // a browser of before kept the end alone
      return kept ? { ...kept, entries: kept.entries ?? [], lostMs: kept.lostMs ?? null } : null;
    },
    async remember(seen) {
      await writeTo(await openDatabase(factory), 'prefs', (store) => store.put(seen, KEY));
    },
  };
}
