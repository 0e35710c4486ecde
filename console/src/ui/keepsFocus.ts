import type { RefObject } from 'preact';

/** Where the button that she pressed went with its row or its window, the heading has the focus [D38]. */
export function keepsFocus(heading: RefObject<HTMLElement | null>): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body || !document.activeElement) heading.current?.focus();
  });
}

/** Where what had it went and nobody knew a better place, the title of what is shown has it [D38]. */
export function titleKeepsFocus(options?: FocusOptions): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body || !document.activeElement)
      document.querySelector<HTMLElement>('main h1')?.focus(options);
  });
}
