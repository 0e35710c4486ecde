import { tc } from '../../words/nlChat.ts';
import { useArrival } from '../arrival.ts';
import { Frame } from '../Frame.tsx';
import { Header } from '../Header.tsx';
import { Icon } from '../Icon.tsx';
import { arrowRightLeft } from '../iconsChat.ts';
import { openStatus } from '../openStatus.ts';
import { Banner } from './Banner.tsx';
import type { At } from './inside.ts';
import { Log } from './Log.tsx';

const answers = [
  ['all', 'p'],
  ['none', 's'],
  ['stop', 'g'],
] as const;

/** Another counsellor than before: who may read what is the visitor's choice, by name and without a clock. */
function Consent({ visitor, view }: At<'choosing'>) {
  const collega = view.peer.name;
  return (
    <div class="consent" role="group" aria-labelledby="choice">
      <div class="top">
        <Icon d={arrowRightLeft} />
        <h1 class="h2" id="choice" tabIndex={-1}>
          {tc('choose.title', { collega })}
        </h1>
      </div>
      <div class="in">
        <p class="sm">
          {view.before && `${tc('choose.gone', { naam: view.before.name, collega })} `}
          {tc('choose.body', { collega })}
        </p>
        {answers.map(([choice, look]) => (
          <button type="button" class={`btn ${look}`} onClick={() => void visitor.choose(choice)}>
            {tc(`choose.${choice}`, { collega })}
          </button>
        ))}
        <p class="xs muted">{tc('choose.time')}</p>
      </div>
    </div>
  );
}

export function Choosing(props: At<'choosing'>) {
  const { widget, visitor, view } = props;
  useArrival();
  return (
    <Frame widget={widget} header={<Header widget={widget} status={openStatus(widget.facts.facts.value)} />}>
      <Banner {...props} lost={tc('conn.lost')} />
      {visitor.talk.items.value.length > 0 ? (
        <Log {...props} peer={view.before?.name ?? view.peer.name} />
      ) : (
        <div class="talk" />
      )}
      <div class="ft">
        <Consent {...props} />
      </div>
    </Frame>
  );
}
