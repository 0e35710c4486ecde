import { signal, type ReadonlySignal } from '@preact/signals';
import type { Cancel, Timers } from '@clbchat/shared/client/ports';

/** Longer than a screen reader needs to take it over: what was taken over is read to its end. */
const STAYS_MS = 5_000;

/** The one place where a screen reader is told something, politely. Never a message's text, and not for longer than it takes. */
export interface Announcer {
  readonly text: ReadonlySignal<string>;
  say(text: string): void;
  /** nothing that was said is there any more */
  clear(): void;
}

export function createAnnouncer(timers: Timers): Announcer {
  const text = signal('');
  let fades: Cancel = () => undefined;
  const clear = () => {
    fades();
    text.value = '';
  };
  return {
    text,
    clear,
    say(next) {
      fades();
      // the same sentence twice must be a change, or it is not read again
      text.value = text.value === next ? `${next}\u00A0` : next;
      fades = timers.after(STAYS_MS, clear);
    },
  };
}
