import type { Arrival } from '@clbchat/shared/client/views';

/** As a browser names it; what it does not name counts as anything else. */
const arrivals: Readonly<Record<string, Arrival>> = { reload: 'reload', back_forward: 'back' };

const own = ({ performance, document }: Window): string | undefined => {
  if ((document as Document & { wasDiscarded?: boolean }).wasDiscarded) return 'reload';
  const [entry] = performance.getEntriesByType('navigation');
  return (entry as PerformanceNavigationTiming | undefined)?.type;
};

/**
 * How this page came to be. A frame is always new to its browser, so what the loader says in its address of the page
 * around, `by`, counts there, unless the frame alone was loaded again. And that page is the one that had the chat only if
 * this went no sooner than it began, `at`, in ms since 1970: who was on another page in between may be anybody.
 *
 * @param goneMs when the page that had the chat went, as far as it could say so; 0 while somebody is asked: that is no reload anywhere
 */
export function howLoaded(page: Window, goneMs = Infinity): Arrival {
  const mine = own(page);
  const around = new URLSearchParams(page.parent === page || mine === 'reload' ? '' : page.location.hash.slice(1));
  const arrival = arrivals[around.get('by') || mine || ''] ?? 'other';
  return arrival === 'reload' && goneMs < (Number(around.get('at')) || 1) ? 'other' : arrival;
}
