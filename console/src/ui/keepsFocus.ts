import type { RefObject } from 'preact';

/** Where the button that she pressed went with its row or its window, the heading has the focus [D38]. */
export function keepsFocus(heading: RefObject<HTMLElement | null>): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body || !document.activeElement) heading.current?.focus();
  });
}
