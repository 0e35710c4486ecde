import type { Arrival } from '@clbchat/shared/client/views';

/** As a browser names it; what it does not name counts as anything else. */
const arrivals: Readonly<Record<string, Arrival>> = { reload: 'reload', back_forward: 'back' };

const own = ({ performance, document }: Window): string | undefined => {
  if ('wasDiscarded' in document && document.wasDiscarded) return 'reload';
  const [entry] = performance.getEntriesByType?.('navigation') ?? [];
  return (entry as PerformanceNavigationTiming | undefined)?.type;
};

/**
 * How this page came to be. A frame is always new to its browser, so what the loader says in its address, `by`, of the page
 * around counts there, unless the frame alone was loaded again.
 */
export function howLoaded(page: Window = window): Arrival {
  const mine = own(page);
  const around = page.parent !== page && new URLSearchParams(page.location.hash.slice(1)).get('by');
  return arrivals[(mine !== 'reload' && around) || mine || ''] ?? 'other';
}
