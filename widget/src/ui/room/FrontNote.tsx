import { tc } from '../../words/nlChat.ts';
import { Icon } from '../Icon.tsx';
import { info } from '../iconsSteps.ts';
import type { At } from './inside.ts';

const sentences = { peer_gone: 'wait.peergone', was_away: 'wait.away', requeued: 'wait.requeued' } as const;

/** Why somebody stands at the front again. Who was away says so with one tap, and is offered again. */
export function FrontNote({ visitor, view: { front } }: At<'waiting'>) {
  if (!front) return null;
  return (
    <div class="note info" role="status">
      <Icon d={info} />
      <div class="stack">
        <p>{tc(sentences[front])}</p>
        {front === 'was_away' && (
          <button type="button" class="btn p" onClick={() => void visitor.here()}>
            {tc('wait.check.yes')}
          </button>
        )}
      </div>
    </div>
  );
}
