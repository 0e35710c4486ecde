import type { Facts } from './facts.ts';
import { hourWords } from './hourWords.ts';
import { t } from './words.ts';

/** The line under the name: until when the service is open. */
export function openStatus(facts: Facts): string {
  if (facts.is !== 'known') return '';
  const { state, closesAt } = facts.centre;
  if (state === 'closed') return t('header.closed');
  if (closesAt === null) return t(state === 'busy' ? 'header.busy' : 'header.open');
  return t(state === 'busy' ? 'header.busyUntil' : 'header.openUntil', { uur: hourWords(closesAt) });
}
