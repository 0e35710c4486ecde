import { Icon } from '../frame/Icon.tsx';
import type { At } from '../inside.ts';
import { info } from '../steps/icons.ts';
import { tw } from './words.ts';

const sentences = { peer_gone: 'wait.peergone', was_away: 'wait.away', requeued: 'wait.requeued' } as const;

/** Why somebody stands at the front again. Who was away says so with one tap, and is offered again. */
export function FrontNote({ visitor, view: { front } }: At<'waiting'>) {
  return (
    <div class="note info" role="status">
      <Icon d={info} />
      <div class="stack">
        <p>{front && tw(sentences[front])}</p>
        {front === 'was_away' && (
          <button type="button" class="btn p" onClick={() => void visitor.here()}>
            {tw('wait.check.yes')}
          </button>
        )}
      </div>
    </div>
  );
}
