/** So often is the element put into the page within a minute: enough for a site that swaps its body, no fight with one that wants none. */
const PLACED_MAX = 6;
const MINUTE_MS = 60_000;

/**
 * Keeps an element in a page that is not ours: one that draws its body anew takes it away without a word.
 * `taken` is told at once, before the element is back. `changed` is told when something else came or went beside it.
 */
export function stayInPage(host: HTMLElement, told: { taken(): void; changed(): void }, signal: AbortSignal): void {
  let left = PLACED_MAX;
  let placed = false;
  const watcher = new MutationObserver(look);

  function look() {
    if (signal.aborted) return;
    const { documentElement, body } = document;
    watcher.disconnect();
    for (const parent of [document, documentElement, body]) if (parent) watcher.observe(parent, { childList: true });

    if (placed && host.isConnected) return told.changed();
    if (placed) told.taken();
    placed = false;
    if (!body || left === 0) return;
    left -= 1;
    setTimeout(again, MINUTE_MS);
    // what a site kept of an earlier page (a copy without what was drawn in it) would stand beside it
    for (const copy of document.querySelectorAll(host.localName)) copy.remove();
    body.append(host);
    placed = true;
  }
  function again() {
    left += 1;
    if (!placed) look();
  }

  signal.addEventListener('abort', () => {
    watcher.disconnect();
    host.remove();
  });
  look();
}
