import { signal, useSignal, type ReadonlySignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
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

/** What there is to say on a page, by what that page is about: it is left and drawn anew, and that stays. */
const sayings = new WeakMap<object, ReturnType<typeof nothing>>();
const nothing = () => ({ said: signal(''), late: signal<string | null>(null) });
function sayingsOf(page: object) {
  const found = sayings.get(page) ?? nothing();
  sayings.set(page, found);
  return found;
}

/**
 * The windows of a page, one at a time; what becomes of one that she gave up while it ran is said on the page and closes no other
 * [T15 U37]. Where she left the page itself, it stands there when she comes back; what she read there before does not.
 *
 * @param page what the page is about, which stays while she is elsewhere
 * @param gaveUp she closed one of which nothing came about yet [G15]
 */
export function useWindows<Which extends object>(
  heading: RefObject<HTMLElement | null>,
  gaveUp: () => void,
  page: object,
): Windows<Which> {
  const open = useSignal<Which | null>(null);
  const { said, late } = sayingsOf(page);
  useLayoutEffect(
    () => () => {
      open.value = null;
      said.value = '';
      late.value = null;
    },
    [page],
  );
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
