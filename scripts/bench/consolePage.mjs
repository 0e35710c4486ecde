/** What runs in a page of the bench `console`: it writes as a person would, and notes when an open conversation stands. */

/** Before anything else of the page. @param last the text of the newest message */
export function watch(last) {
  const seen = { composerMs: null, lastMs: null, grewMs: 0, items: 0, longestMs: 0, longAtMs: 0 };
  globalThis.seen = seen;
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries())
      if (duration > seen.longestMs) Object.assign(seen, { longestMs: duration, longAtMs: startTime });
  }).observe({ type: 'longtask', buffered: true });
  const look = () => {
    const field = document.querySelector('textarea');
    if (seen.composerMs === null && field && !field.disabled && !field.readOnly) seen.composerMs = performance.now();
    const log = document.querySelector('[role=log]');
    if (!log) return;
    const lines = log.getElementsByTagName('li');
    const items = lines.length;
    if (items > seen.items) Object.assign(seen, { items, grewMs: performance.now() });
    if (seen.lastMs === null && lines[items - 1]?.textContent.includes(last)) seen.lastMs = performance.now();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
}

/** So many messages, each in the moment the field is free. The page itself seals and sends them. */
export async function writes({ words, from, count, untilMs }) {
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
  const next = () => new Promise((done) => setTimeout(done));
  let written = 0;
  for (; written < count && Date.now() < untilMs; written += 1) {
    const field = document.querySelector('textarea');
    set.call(field, `${words} ${from + written}: en dan zei ze dat het morgen wel beter zou gaan.`);
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await next();
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }));
    for (let looks = 0; field.value !== '' && looks < 200; looks += 1) await next();
  }
  return written;
}

/** Opens the conversation with somebody. @returns ms until its newest message is drawn */
export async function switchesTo({ nick, last }) {
  const row = [...document.querySelectorAll('button')].find((one) =>
    (one.getAttribute('aria-label') ?? one.textContent).trim().startsWith(`${nick}, `),
  );
  const began = performance.now();
  row.click();
  const stands = () => [...document.querySelectorAll('[role=log] li')].at(-1)?.textContent.includes(last);
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  do await frame();
  while (!stands() && performance.now() - began < 60_000);
  return performance.now() - began;
}
