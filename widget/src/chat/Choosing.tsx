import { useArrival } from '../frame/arrival.ts';
import { Banner } from '../frame/Banner.tsx';
import { Firm } from '../frame/Firm.tsx';
import { Frame } from '../frame/Frame.tsx';
import { Icon } from '../frame/Icon.tsx';
import { t } from '../frame/words.ts';
import type { At } from '../inside.ts';
import { arrowRightLeft } from './icons.ts';
import { Log } from './Log.tsx';
import { tc } from './words.ts';

/**
 * The one that gives nothing away and ends nothing stands lowest, and neither yes is louder than the other: who may
 * read what is no choice of this page.
 */
const answers = [
  ['stop', 'g'],
  ['all', 's'],
  ['none', 's'],
] as const;

/** Another counsellor than before: who may read what is the visitor's choice, by name and without a clock. */
function Consent({ widget, visitor, view }: At<'choosing'>) {
  const collega = view.peer.name;
  useArrival();
  return (
    <div class="card consent" role="group" aria-labelledby="choice">
      <div class="top info">
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
          <Firm widget={widget} class={`btn ${look}`} onClick={() => visitor.choose(choice)}>
            {tc(`choose.${choice}`, { collega })}
          </Firm>
        ))}
        <p class="xs muted">{tc('choose.time')}</p>
      </div>
    </div>
  );
}

/** Another counsellor has come: what was said so far, and the question under it. */
export function Choosing(props: At<'choosing'>) {
  const { widget, visitor, room, view } = props;
  return (
    <Frame widget={widget}>
      <Banner banner={room.banner.value} lost={t('conn.lost')} onTry={visitor.tryNow} />
      {visitor.talk.items.value.length > 0 ? (
        <Log {...props} peer={view.before?.name ?? view.peer.name} />
      ) : (
        <div class="rest" />
      )}
      <div class="ft">
        {/* about another person it is another question, which nobody has read yet */}
        <Consent key={view.peer.name} {...props} />
      </div>
    </Frame>
  );
}
