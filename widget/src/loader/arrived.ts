import { page } from './page.ts';

let opened = false;

/**
 * How the page came to be, for the frame, which cannot see it: what a browser keeps of a chat goes on by itself after a
 * reload alone. Within one page it is the same person who opens it again.
 */
export function arrived(): string {
  const { wasDiscarded } = page as Document & { wasDiscarded?: boolean };
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const by = opened || wasDiscarded ? 'reload' : entry?.type;
  opened = true;
  return entry ? `&by=${by}` : '';
}
