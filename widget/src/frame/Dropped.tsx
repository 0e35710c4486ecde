import { useEffect, useState } from 'preact/hooks';
import type { WithWidget } from '../widget.ts';
import { tf } from './fileWords.ts';

/** Time to read two sentences twice. */
const TOLD_MS = 8_000;

/** Who drops a file is told that none can be sent. Over every screen, and nothing on it changes. */
export function Dropped({ widget: { announcer } }: WithWidget) {
  const [told, setTold] = useState(true);
  useEffect(() => {
    announcer.say(tf('file.dropped'));
    const timer = setTimeout(() => setTold(false), TOLD_MS);
    return () => clearTimeout(timer);
  }, []);
  return told ? <p class="ban warn sm dropped">{tf('file.dropped')}</p> : null;
}
