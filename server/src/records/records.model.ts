import type { Clock } from '../kernel/clock.ts';
import { NOTHING_YET, type AuditLog } from './audit.rules.ts';
import {
  checkBounds,
  inOrder,
  isWritten,
  newsOf,
  revAfter,
  type Hears,
  type RecordsStore,
  type Row,
  type RowName,
} from './records.store.ts';

const nameOf = ({ kind, id }: RowName) => `${kind} ${id}`;

/** In the process's memory: gone with the process, and the meaning of every command. */
export function memoryRecords(clock: Clock): RecordsStore {
  const rows = new Map<string, Row>();
  let log: AuditLog = { anchor: NOTHING_YET, entries: [], head: NOTHING_YET };
  let rev = 0;
  const ears = new Set<Hears>();

  const stands = ({ endMs }: Row) => endMs === 0 || endMs > clock.nowMs();
  const at = (name: RowName): Row | null => {
    const row = rows.get(nameOf(name));
    return row && stands(row) ? row : null;
  };
  const all = () => [...rows.values()].filter(stands).toSorted(inOrder);

  return {
    get: async (name) => at(name),
    list: async (kind) => all().filter((row) => row.kind === kind),
    async write(changes, entry) {
      const written = changes.filter(isWritten);
      written.forEach(checkBounds);
      const stale = changes.findIndex((change) => (at(change)?.rev ?? 0) !== change.rev);
      if (stale >= 0) return { is: 'stale', at: stale };
      if (entry && entry.after !== log.head) return { is: 'moved' };
      rev += 1;
      for (const { kind, id, text, endMs = 0 } of written) {
        if (text === null) rows.delete(nameOf({ kind, id }));
        else rows.set(nameOf({ kind, id }), { kind, id, rev, text, endMs });
      }
      if (entry) log = { ...log, entries: [...log.entries, entry.text], head: entry.digest };
      for (const hears of ears) hears(written.map(newsOf));
      return { is: 'written', rev };
    },
    audit: async () => log,
    newest: async (entries) => ({ entries: log.entries.slice(-entries), head: log.head }),
    dump: async () => ({ rows: all(), log }),
    async fill(dump) {
      if (all().length > 0 || log.head !== NOTHING_YET) return { is: 'not_empty' };
      rows.clear();
      for (const row of dump.rows) rows.set(nameOf(row), row);
      ({ log } = dump);
      rev = Math.max(rev, revAfter(dump));
      for (const hears of ears) hears(null);
      return { is: 'filled' };
    },
    watch(hears) {
      ears.add(hears);
      return () => void ears.delete(hears);
    },
    isOnTime: async () => true, // there is one clock
    async sweep() {
      for (const [name, row] of rows) if (!stands(row)) rows.delete(name);
    },
    async shorten({ from, to, entries }) {
      if (log.anchor === from) log = { ...log, anchor: to, entries: log.entries.slice(entries) };
    },
  };
}
