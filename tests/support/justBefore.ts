import { readEntry } from '@clbchat/server/records/audit.rules';
import type { RecordsStore } from '@clbchat/server/records/records.store';

/** Records as they are, but for what happens once, just before an act of this name is written: as from another process. */
export function justBefore(
  under: RecordsStore,
  hook: { act: string; run: (() => Promise<unknown>) | null },
): RecordsStore {
  return {
    ...under,
    async write(changes, entry) {
      const { run } = hook;
      if (run && entry && readEntry(entry.text)?.act === hook.act) {
        hook.run = null;
        await run();
      }
      return under.write(changes, entry);
    },
  };
}
