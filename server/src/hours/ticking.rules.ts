import { stretchAt } from '@clbchat/shared/hours/stretch';
import type { CentreSettings } from '../centre/centre.rules.ts';

/** What the opening hours mean for those who still wait. */
export function tickingAt(
  nowMs: number,
  { schedule }: Pick<CentreSettings, 'schedule'>,
): { is: 'open' } | { is: 'draining'; sinceMs: number } {
  const stretch = stretchAt(nowMs, schedule);
  return stretch.open ? { is: 'open' } : { is: 'draining', sinceMs: stretch.sinceMs ?? 0 };
}
