import type { Limits } from '@clbchat/shared/limits';
import { hourOf } from '../figures/counting.rules.ts';
import { figuresOf } from '../figures/figures.store.ts';
import { lastWeekThrough } from '../figures/published.rules.ts';
import type { RecordsStore } from '../records/records.store.ts';
import { madeUpWeeks } from './weeks.rules.ts';

/** Weeks of figures that nobody's visits made, where the records have none yet [F10]. */
export async function openFigures(
  records: RecordsStore,
  nowMs: () => number,
  limits: Limits,
  timezone: string,
): Promise<void> {
  const hour = hourOf(nowMs() - limits.figuresLateMs) - 1;
  await figuresOf(records, nowMs, limits).begin(madeUpWeeks(lastWeekThrough(hour, timezone)), hour);
}
