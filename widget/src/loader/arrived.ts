import { page } from './page.ts';

/** Browsers round the time of a page so far. */
const COARSE_MS = 100;

let opened = false;

/**
 * How the page came to be, and when, for the frame, which cannot see it: what a browser keeps of a chat goes on by itself
 * after a reload of the chat's own page alone. Within one page it is the same person who opens it again.
 */
export function arrived(): string {
  const { wasDiscarded } = page as Document & { wasDiscarded?: boolean };
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (!entry) return '';
  const by = opened || wasDiscarded ? 'reload' : entry.type;
  opened = true;
  return `&by=${by}&at=${Date.now() - performance.now() - COARSE_MS}`;
}
