import { page } from './page.ts';

/** Browsers round the time of a page so far. */
const COARSE_MS = 100;

/** When the chat was opened last in this page, ms since 1970: what went before then belongs to another page. */
let openedMs = 0;

/**
 * How the page came to be, and when, for the frame, which cannot see it: what a browser keeps of a chat goes on by itself
 * after a reload of the chat's own page alone. Within one page it is the same person who opens it again.
 */
export function arrived(): string {
  const { wasDiscarded } = page as Document & { wasDiscarded?: boolean };
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (!entry) return '';
  const by = openedMs || wasDiscarded ? 'reload' : entry.type;
  const said = `&by=${by}&at=${openedMs || Date.now() - performance.now() - COARSE_MS}`;
  openedMs = Date.now();
  return said;
}
