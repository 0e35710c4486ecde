import { useLayoutEffect, useRef } from 'preact/hooks';
import { nl } from '../words/nl.ts';

/**
 * Asked of who signs out with something unsaved [U46]. The button that she pressed goes with it, since the one in its place is deaf
 * anew: the question has the focus [D38], and has it before who looks after a lost one can look.
 */
export function Unsaved() {
  const question = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => question.current?.focus(), []);
  return (
    <p ref={question} class="small" role="alert" tabIndex={-1}>
      {nl.top.unsaved}
    </p>
  );
}
