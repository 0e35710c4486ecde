import type { At } from '../inside.ts';
import { Note } from '../steps/Note.tsx';
import { tw } from './words.ts';

/** Why somebody stands at the front again. Who owes an answer says with one tap to be there, and is offered again. */
export function FrontNote({ visitor, view: { front, passed, unanswered } }: At<'waiting'>) {
  if (!front || (front === 'unanswered' && !unanswered && !passed)) return null;
  return (
    <Note tone="info" role="status">
      <div class="stack">
        <p>{tw(passed ? 'front.passed' : `front.${front}`)}</p>
        {unanswered && (
          <button type="button" class="btn p" onClick={() => void visitor.here()}>
            {tw('wait.check.yes')}
          </button>
        )}
      </div>
    </Note>
  );
}
