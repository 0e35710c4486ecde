import { ta } from '../../words/nlAside.ts';
import type { Inside } from '../room/inside.ts';
import { Ask } from './Ask.tsx';

/** It was silent for long. One tap says "I am here"; nothing has to be written. */
export function IdleNote({ visitor, room, leftMs }: Inside & { leftMs: number }) {
  const n = Math.max(1, Math.round(leftMs / 60_000));
  function here() {
    room.answeredMs.value = leftMs;
    visitor.talk.typed();
    void visitor.here();
  }
  return (
    <Ask words={n === 1 ? ta('idle.one') : ta('idle.other', { n })} first={{ words: ta('idle.yes'), onClick: here }} />
  );
}
