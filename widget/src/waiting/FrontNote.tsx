import type { Release } from '@clbchat/shared/ids';
import { tw } from './words.ts';
import { Icon } from '../frame/Icon.tsx';
import type { At } from '../inside.ts';
import { info } from '../steps/icons.ts';

const sentences = {
  counsellor_gone: 'wait.peergone',
  visitor_away: 'wait.away',
  unanswered: 'wait.unanswered',
  unopened: 'wait.requeued',
  refused: 'wait.refused',
  unkept: 'wait.unkept',
} as const satisfies Record<Release, string>;

/** Why somebody stands at the front again. Who owes an answer says with one tap to be there, and is offered again. */
export function FrontNote({ visitor, view: { front, unanswered } }: At<'waiting'>) {
  if (!front || (front === 'unanswered' && !unanswered)) return null;
  return (
    <div class="note info" role="status">
      <Icon d={info} />
      <div class="stack">
        <p>{tw(sentences[front])}</p>
        {unanswered && (
          <button type="button" class="btn p" onClick={() => void visitor.here()}>
            {tw('wait.check.yes')}
          </button>
        )}
      </div>
    </div>
  );
}
