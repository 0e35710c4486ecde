import { ta } from '../../words/nlAside.ts';
import { useArrival } from '../arrival.ts';
import { Icon } from '../Icon.tsx';
import { arrowRightLeft } from '../iconsAside.ts';
import type { At } from '../room/inside.ts';

const answers = [
  ['all', 'p'],
  ['none', 's'],
  ['stop', 'g'],
] as const;

/** Another counsellor than before: who may read what is the visitor's choice, by name and without a clock. */
export function Consent({ visitor, view }: At<'choosing'>) {
  const collega = view.peer.name;
  useArrival();
  return (
    <div class="consent" role="group" aria-labelledby="choice">
      <div class="top">
        <Icon d={arrowRightLeft} />
        <h1 class="h2" id="choice" tabIndex={-1}>
          {ta('choose.title', { collega })}
        </h1>
      </div>
      <div class="in">
        <p class="sm">
          {view.before && `${ta('choose.gone', { naam: view.before.name, collega })} `}
          {ta('choose.body', { collega })}
        </p>
        {answers.map(([choice, look]) => (
          <button type="button" class={`btn ${look}`} onClick={() => void visitor.choose(choice)}>
            {ta(`choose.${choice}`, { collega })}
          </button>
        ))}
        <p class="xs muted">{ta('choose.time')}</p>
      </div>
    </div>
  );
}
