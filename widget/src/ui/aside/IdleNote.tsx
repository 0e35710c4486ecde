import { ta } from '../../words/nlAside.ts';
import type { Inside } from '../room/inside.ts';

/** It was silent for long. One tap says "I am here"; nothing has to be written. */
export function IdleNote({ visitor, room, leftMs }: Inside & { leftMs: number }) {
  const n = Math.max(1, Math.round(leftMs / 60_000));
  return (
    <div class="ask" role="alert">
      <p>{n === 1 ? ta('idle.one') : ta('idle.other', { n })}</p>
      <div class="row">
        <button
          type="button"
          class="btn p"
          onClick={() => {
            room.answeredMs.value = leftMs;
            visitor.talk.typed();
            void visitor.here();
          }}
        >
          {ta('idle.yes')}
        </button>
      </div>
    </div>
  );
}
