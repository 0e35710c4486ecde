import { signal, type ReadonlySignal } from '@preact/signals';

/** The one place where a screen reader is told something, politely. Never a message's text. */
export interface Announcer {
  readonly text: ReadonlySignal<string>;
  say(text: string): void;
}

export function createAnnouncer(): Announcer {
  const text = signal('');
  return {
    text,
    say(next) {
      // the same sentence twice must be a change, or it is not read again
      text.value = text.value === next ? `${next}\u00A0` : next;
    },
  };
}
