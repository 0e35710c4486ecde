import type { KnownCentre } from './facts.ts';
import { hourWords } from './hourWords.ts';
import { t } from './words.ts';

/** The line under the name: until when the service is open. */
export function openStatus(centre: KnownCentre | null): string {
  if (!centre) return '';
  const { state, closesAt } = centre;
  if (state === 'closed') return t('header.closed');
  if (closesAt === null) return t(state === 'busy' ? 'header.busy' : 'header.open');
  return t(state === 'busy' ? 'header.busyUntil' : 'header.openUntil', { uur: hourWords(closesAt) });
}
