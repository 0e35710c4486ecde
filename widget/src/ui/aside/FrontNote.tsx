import type { Release } from '@clbchat/shared/ids';
import { ta } from '../../words/nlAside.ts';
import { Icon } from '../Icon.tsx';
import { info } from '../iconsSteps.ts';
import type { At } from '../room/inside.ts';

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
        <p>{ta(sentences[front])}</p>
        {unanswered && (
          <button type="button" class="btn p" onClick={() => void visitor.here()}>
            {ta('idle.yes')}
          </button>
        )}
      </div>
    </div>
  );
}
