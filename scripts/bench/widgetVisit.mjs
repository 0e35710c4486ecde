/** Whoever waits for longer does not get there at all. */
const PATIENCE_MS = 60_000;

/**
 * Runs in the page before anything else: notes when the first screen can be pressed and when the field can be written
 * in, and presses what leads from one to the other as soon as it is there. Times begin with the navigation.
 */
function walk(steps) {
  const name = (one) => one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent ?? '';
  const found = (tag, words) =>
    [...document.querySelectorAll(tag)].find((one) => !one.disabled && name(one).trim().startsWith(words));
  const painted = (note) => requestAnimationFrame(() => setTimeout(() => note()));
  const times = {};
  let left = steps;
  const look = () => {
    const button = left.length > 0 && found('button', left[0]);
    if (button) {
      const isFirst = left === steps;
      left = left.slice(1);
      if (!isFirst) return button.click();
      return painted(() => {
        times.firstScreenMs = performance.now();
        button.click();
      });
    }
    if (left.length > 0 || !found('textarea', 'Jouw bericht')) return;
    watcher.disconnect();
    painted(() => {
      times.chatReadyMs = performance.now();
      globalThis.walked = times;
    });
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document, { childList: true, subtree: true, attributes: true });
}

/** @returns milliseconds from the navigation to each of the two moments */
export async function visit(open, { address, steps }) {
  const { page, close } = await open();
  try {
    await page.addInitScript(walk, steps);
    await page.goto(address, { timeout: PATIENCE_MS });
    const walked = await page.waitForFunction(() => globalThis.walked, null, { timeout: PATIENCE_MS });
    return await walked.jsonValue();
  } finally {
    await close();
  }
}
