import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Props {
  role: 'dialog' | 'alertdialog';
  title: string;
  onEscape: () => void;
  children: ComponentChildren;
}

/**
 * Comes over the screen from below, under the header. The safe answer gets the focus, or else the first button; Escape is the safe answer;
 * who asked for it gets the focus back.
 */
export function Sheet({ role, title, onEscape, children }: Props) {
  const box = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const before = document.activeElement;
    const safe = box.current?.querySelector<HTMLElement>('.p') ?? box.current?.querySelector<HTMLElement>('button, a');
    safe?.focus();
    return () => {
      if (!(before instanceof HTMLElement) || !before.isConnected) return;
      // what lay behind is told to be there again only after this, and takes no focus before
      before.closest('[inert]')?.removeAttribute('inert');
      before.focus();
    };
  }, []);

  return (
    <div
      class="scrim"
      role={role}
      aria-labelledby="asked"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onEscape();
      }}
    >
      <div class="sheet" ref={box}>
        <h2 id="asked">{title}</h2>
        {children}
      </div>
    </div>
  );
}
