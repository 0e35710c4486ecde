import { tc } from '../../words/nlChat.ts';
import type { Inside } from './inside.ts';

/** It was silent for long. One tap says "I am here"; nothing has to be written. */
export function IdleNote({ visitor, room }: Inside) {
  const leftMs = visitor.idleLeftMs.value;
  if (leftMs === null || leftMs === room.answeredMs.value) return null;
  const n = Math.max(1, Math.round(leftMs / 60_000));
  return (
    <div class="ask" role="alert">
      <p>{n === 1 ? tc('chat.idle.one') : tc('chat.idle', { n })}</p>
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
          {tc('chat.idle.yes')}
        </button>
      </div>
    </div>
  );
}
