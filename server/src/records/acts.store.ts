import { Problem } from '../kernel/failure.ts';
import { isTooMuch, linkTo, type Acted } from './audit.rules.ts';
import type { Change, RecordsStore, Written } from './records.store.ts';

/**
 * Changes records and writes down who did it, in one step [A4]. When another act came between, the entry is chained to that
 * one, and tried again. Rejects with Problem `too_fast` when this person acted too often lately; then nothing is written [A25].
 */
export async function act(
  records: RecordsStore,
  atMs: number,
  changes: readonly Change[],
  acted: Acted,
): Promise<Exclude<Written, { is: 'moved' }>> {
  for (;;) {
    const { entries, head } = await records.audit();
    if (isTooMuch(entries, atMs, acted)) throw new Problem('too_fast');
    const written = await records.write(changes, linkTo(head, atMs, acted));
    if (written.is !== 'moved') return written;
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
