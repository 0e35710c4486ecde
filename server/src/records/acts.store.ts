import { Problem } from '../kernel/failure.ts';
import { isTooMuch, linkTo, type Acted } from './audit.rules.ts';
import type { Change, RecordsStore, Changes, Written } from './records.store.ts';

/**
 * Changes records and writes down who did it, in one step [A4]. When another act came between, the entry is chained to that
 * one, and tried again. Rejects with Problem `too_fast` when this person acted too often lately; then nothing is written [A25].
 */
export async function act(
  records: RecordsStore,
  atMs: number,
  changes: Changes,
  acted: Acted,
): Promise<Exclude<Written, { is: 'moved' }>> {
  for (;;) {
    const { found: tooMuch, head } = await lookBack(records, (entries) => isTooMuch(entries, atMs, acted));
    if (tooMuch) throw new Problem('too_fast');
    const written = await records.write(changes, linkTo(head, atMs, acted));
    if (written.is !== 'moved') return written;
  }
}

/** The newest entries of the log of which nearly every answer is; who has to look further back looks four times as far. */
const LOOKED_AT = 256;

/**
 * What is found in the newest entries of the log, or further back as long as `find` says null.
 *
 * @returns null when all entries say nothing; `head`: of the log in which it was found
 */
export async function lookBack<Found>(
  records: Pick<RecordsStore, 'newest'>,
  find: (entries: readonly string[], areAll: boolean) => Found | null,
): Promise<{ readonly found: Found | null; readonly head: string }> {
  for (let some = LOOKED_AT; ; some *= 4) {
    const { entries, head } = await records.newest(some);
    const areAll = entries.length < some;
    const found = find(entries, areAll);
    if (found !== null || areAll) return { found, head };
  }
}

const TURN = { kind: 'team', id: 'turn' } as const;

/**
 * What counts rows before it writes one more reads this first, and writes it in the same step: of two that think at the same
 * moment one thinks anew, and sees what the other wrote.
 */
export async function turnOf(records: Pick<RecordsStore, 'get'>): Promise<Change> {
  return { ...TURN, rev: (await records.get(TURN))?.rev ?? 0, text: '{}' };
}
