import { useEffect, useRef } from 'preact/hooks';
import { Logo } from './Logo.tsx';
import type { BarWords } from './parts.ts';

/** The small form of the chat, at the place of the launcher. */
export function Bar({ title, sub, mark, onOpen }: BarWords & { onOpen: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <button type="button" class="bar" ref={button} aria-haspopup="dialog" aria-expanded={false} onClick={onOpen}>
      <span class="pic">
        <Logo />
        {mark !== '' && (
          <span class="badge" aria-hidden="true">
            {mark}
          </span>
        )}
      </span>
      <span>
        {title}
        <small>{sub}</small>
      </span>
    </button>
  );
}
