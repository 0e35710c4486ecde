import { signal } from '@preact/signals';

const BATCH_MS = 150;
const CHARS_MAX = 300;
/** Longer than a screen reader needs to take it over: what was taken over is read to its end. */
const STAYS_MS = 5_000;

/**
 * What a screen reader is told. One polite region for the whole page; what comes together is said together, and then
 * does not stay in the page for whoever sits there next.
 */
export function createAnnouncer() {
  const said = signal('');
  let waiting: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let fades: ReturnType<typeof setTimeout> | undefined;

  const clear = () => {
    clearTimeout(timer);
    clearTimeout(fades);
    timer = undefined;
    waiting = [];
    said.value = '';
  };

  return {
    said,
    /** nothing that was said is there any more, nor comes */
    clear,
    say(text: string) {
      const plain = text.replaceAll('*', '');
      waiting.push(plain.length > CHARS_MAX ? `${plain.slice(0, CHARS_MAX)}…` : plain);
      timer ??= setTimeout(() => {
        const all = waiting.join(' ');
        // the same words twice are no change, and a region that does not change is silent
        const now = all === said.value ? `${all}\u00A0` : all;
        clear();
        said.value = now;
        fades = setTimeout(() => (said.value = ''), STAYS_MS);
      }, BATCH_MS);
    },
  };
}
export type Announcer = ReturnType<typeof createAnnouncer>;
