import { useArrival } from '../frame/arrival.ts';
import { Icon } from '../frame/Icon.tsx';
import { Rare } from '../frame/Loading.tsx';
import type { WithWidget } from '../widget.ts';
import { arrowLeft } from './icons.ts';
import { ts } from './words.ts';

/** The way back and the heading are there at once; what is read between them comes when it is asked for. */
export function Anonymous({ widget }: WithWidget) {
  const { intro } = widget;
  useArrival();
  return (
    <div class="bd wide">
      <button type="button" class="btn t" onClick={intro.back}>
        <Icon d={arrowLeft} size="s" />
        {ts('nav.back')}
      </button>
      <h1 tabIndex={-1}>{ts('anon.title')}</h1>
      <Rare widget={widget} show={({ Hidden }) => <Hidden role={intro.role.value} />} />
    </div>
  );
}
