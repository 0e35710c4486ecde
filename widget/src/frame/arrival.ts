import { useLayoutEffect } from 'preact/hooks';

let seen = 0;

/** The heading of what is on screen now, for who cannot see that the screen changed. */
export const focusHeading = () => document.querySelector<HTMLElement>('main h1')?.focus();

/** The first key of who reads the heading: Tab leads to Snel weg, although that stands before it. */
function firstKey(event: KeyboardEvent) {
  if (event.key !== 'Tab' || !document.activeElement?.matches('h1')) return;
  event.preventDefault();
  document.querySelector<HTMLElement>('.exit')?.focus();
}

/** Somebody opened the panel: the heading has the focus, at the latest as soon as there is one. */
export function arrive() {
  seen++;
  focusHeading();
  addEventListener('keydown', firstKey, { once: true });
}

/**
 * A new screen puts the focus on its heading, before the next key can be pressed. The first one of a page does not,
 * unless the panel was opened: nobody asked for it.
 *
 * @param aim where the focus goes instead
 */
export function useArrival(aim: () => void = focusHeading) {
  useLayoutEffect(() => {
    // a panel that is small has given the focus to its bar
    if (seen++ > 0 && !document.querySelector('main[hidden]')) aim();
    // once, on arriving
  }, []);
}
