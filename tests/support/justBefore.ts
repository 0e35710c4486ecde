import { readEntry } from '@clbchat/server/records/audit.rules';
import type { RecordsStore } from '@clbchat/server/records/records.store';

/** Records as they are, but for what happens once, just before an act of this name is written, or (`ask`) a computer's asking: as from another process. */
export function justBefore(
  under: RecordsStore,
  hook: { act: string; run: (() => Promise<unknown>) | null; ask?: (() => Promise<unknown>) | null },
): RecordsStore {
  return {
    ...under,
    async write(changes, entry) {
      const { run, ask } = hook;
      if (ask && changes.some(({ kind }) => kind === 'ask')) {
        hook.ask = null;
        await ask();
      }
      if (run && entry && readEntry(entry.text)?.act === hook.act) {
        hook.run = null;
        await run();
      }
      return under.write(changes, entry);
    },
  };
}
