import { useSignal, type ReadonlySignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { keepsFocus } from './keepsFocus.ts';

interface Windows<Which> {
  /** which window is open above the page */
  readonly open: ReadonlySignal<Which | null>;
  /** what came about since she opened the last one */
  readonly said: ReadonlySignal<string>;
  /** what is to be told of a window that she has given up since */
  readonly late: ReadonlySignal<string | null>;
  opens(which: Which): void;
  /** @param done what came about, whether or not she has given this one up */
  closes(which: Which, done?: string): void;
  /** What the page has to say where this window is there no more: there it would be read by nobody. */
  tells(which: Which, says: string): void;
  /** what the page says of itself */
  says(what: string): void;
}

const both = (before: string | null, says: string): string => (before ? `${before} ${says}` : says);

/**
 * The windows of a page, one at a time; what becomes of one that she gave up while it ran is said on the page and closes no other
 * [T15 U37].
 *
 * @param gaveUp she closed one of which nothing came about yet [G15]
 */
export function useWindows<Which extends object>(
  heading: RefObject<HTMLElement | null>,
  gaveUp: () => void,
): Windows<Which> {
  const open = useSignal<Which | null>(null);
  const said = useSignal('');
  const late = useSignal<string | null>(null);
  return {
    open,
    said,
    late,
    opens(which) {
      said.value = '';
      late.value = null;
      open.value = which;
    },
    closes(which, done) {
      if (done !== undefined) said.value = both(said.peek(), done);
      if (open.peek() === which) {
        open.value = null;
        if (done === undefined) gaveUp();
      }
      // what opened it may be gone
      if (open.peek() === null) keepsFocus(heading);
    },
    tells(which, says) {
      if (open.peek() !== which) late.value = both(late.peek(), says);
    },
    says: (what) => void (said.value = what),
  };
}
