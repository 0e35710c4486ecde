import { page } from './page.ts';

/** So often is the element put back within a minute: enough for a site that draws itself anew, no fight with one that wants none. */
const BACK_MAX = 5;
const MINUTE_MS = 60_000;

interface Told {
  /** at once, before the element is back */
  taken(): void;
  /** something else came or went beside it */
  changed(): void;
  /** it was taken away too often: it stays away */
  unwanted(): void;
}

/**
 * Keeps an element in a page that is not ours, beside its body: what the page does to the body (a new one, a filter, a
 * sheet for its children) is no matter there.
 */
export function stayInPage(host: HTMLElement, told: Told, signal: AbortSignal): void {
  let left = BACK_MAX;
  const watcher = new MutationObserver(look);

  function place() {
    // what a site kept of an earlier page (a copy without what was drawn in it) would stand beside it
    for (const copy of Array.from(page.querySelectorAll(host.localName))) copy.remove();
    page.documentElement.append(host);
    watch();
  }
  function watch() {
    watcher.disconnect();
    for (const parent of [document, page.documentElement, host.parentNode])
      if (parent) watcher.observe(parent, { childList: true, attributes: true });
  }
  function look() {
    if (signal.aborted) return;
    watch();
    if (host.isConnected) return told.changed();
    told.taken();
    if (!page.documentElement) return; // until there is one
    if (left === 0) return told.unwanted();
    left -= 1;
    setTimeout(() => (left += 1), MINUTE_MS);
    place();
  }

  signal.addEventListener('abort', () => {
    watcher.disconnect();
    if (host.isConnected) host.remove(); // older libraries have a `remove` that wants a parent
  });
  place();
}
