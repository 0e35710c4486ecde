import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { titleKeepsFocus } from './keepsFocus.ts';

/** A modal window: the browser keeps the focus inside, Escape closes, and the focus returns where it was. */
export function Dialog({ title, onClose, children }: { title: string; onClose(): void; children: ComponentChildren }) {
  const window_ = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const gone = useRef(false);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const dialog = window_.current;
    dialog?.showModal();
    heading.current?.focus();
    return () => {
      gone.current = true;
      dialog?.close(); // what lies under an open one takes no focus
      if (before instanceof HTMLElement) before.focus();
      // what opened it may be drawn anew only after this
      if (before && before !== document.body) titleKeepsFocus();
    };
  }, []);
  // the browser says it once more when this one is gone, and would close whatever is open by then
  const close = () => {
    if (!gone.current) onClose();
  };
  return (
    <dialog ref={window_} class="dialog" aria-label={title} onClose={close} onCancel={close}>
      <h1 id="dialog-title" ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </dialog>
  );
}
