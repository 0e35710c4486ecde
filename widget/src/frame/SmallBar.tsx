import { useLayoutEffect, useRef } from 'preact/hooks';
import type { WithWidget } from '../widget.ts';
import { focusHeading } from './arrival.ts';
import { Logo } from './Logo.tsx';
import { openStatus } from './openStatus.ts';
import { tl } from './laterWords.ts';

/** The small form of the chat, at the place of the launcher, and what it says with and without a visit. */
export function SmallBar({ widget: { start, facts, around } }: WithWidget) {
  const button = useRef<HTMLButtonElement>(null);
  const living = start.living.value;
  useLayoutEffect(() => {
    button.current?.focus();
    // the panel is drawn again after this goes
    return () => void requestAnimationFrame(focusHeading);
  }, []);
  const { title, sub, mark } = living
    ? living.barLine(living.visitor)
    : { title: tl('bar.open'), sub: openStatus(facts.centre.value), mark: '' };
  return (
    <button type="button" class="bar" ref={button} aria-haspopup="dialog" aria-expanded={false} onClick={around.open}>
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
