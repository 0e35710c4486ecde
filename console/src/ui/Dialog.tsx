import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** A modal window: the browser keeps the focus inside, Escape closes, and the focus returns where it was. */
export function Dialog({ title, onClose, children }: { title: string; onClose(): void; children: ComponentChildren }) {
  const window_ = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const dialog = window_.current;
    dialog?.showModal();
    heading.current?.focus();
    return () => {
      dialog?.close(); // what lies under an open one takes no focus
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={window_} class="dialog" aria-labelledby="dialog-title" onClose={onClose} onCancel={onClose}>
      <h1 id="dialog-title" ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </dialog>
  );
}
