import { signal } from '@preact/signals';

const BATCH_MS = 150;
const CHARS_MAX = 300;

/** What a screen reader is told. One polite region for the whole page; what comes together is said together. */
export function createAnnouncer() {
  const said = signal('');
  let waiting: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  return {
    said,
    say(text: string) {
      const plain = text.replaceAll('*', '');
      waiting.push(plain.length > CHARS_MAX ? `${plain.slice(0, CHARS_MAX)}…` : plain);
      timer ??= setTimeout(() => {
        const all = waiting.join(' ');
        // the same words twice are no change, and a region that does not change is silent
        said.value = all === said.value ? `${all}\u00A0` : all;
        waiting = [];
        timer = undefined;
      }, BATCH_MS);
    },
  };
}
export type Announcer = ReturnType<typeof createAnnouncer>;
