import type { Widget } from '../model/widget.ts';
import { ts } from '../words/nlSteps.ts';
import { useArrival } from './arrival.ts';
import { fromAside } from './fromAside.tsx';
import { Icon } from './Icon.tsx';
import { arrowLeft } from './iconsSteps.ts';

const Hidden = fromAside('Hidden');

/** The way back and the heading are there at once; what is read between them comes when it is asked for. */
export function Anonymous({ widget: { intro } }: { widget: Widget }) {
  useArrival();
  return (
    <div class="bd wide">
      <button type="button" class="btn t" onClick={intro.back}>
        <Icon d={arrowLeft} size="s" />
        {ts('nav.back')}
      </button>
      <h1 tabIndex={-1}>{ts('anon.title')}</h1>
      <Hidden role={intro.role.value} />
    </div>
  );
}
