import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Props {
  role: 'dialog' | 'alertdialog';
  title: string;
  onEscape: () => void;
  children: ComponentChildren;
}

/**
 * Comes over the screen from below, under the header. The first button gets the focus; Escape is the safe answer;
 * who asked for it gets the focus back.
 */
export function Sheet({ role, title, onEscape, children }: Props) {
  const box = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const before = document.activeElement;
    box.current?.querySelector<HTMLElement>('button, a')?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
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
