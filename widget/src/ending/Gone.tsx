import { useArrival } from '../frame/arrival.ts';
import { Art } from '../steps/Art.tsx';
import type { WithWidget } from '../widget.ts';
import { te } from './words.ts';

/** A page cannot close its own window: this is what stands there until its owner does. */
export function Gone({ widget: { intro } }: WithWidget) {
  useArrival();
  return (
    <div class="bd middle">
      <Art />
      <div>
        <h1 tabIndex={-1}>{te('gone.title')}</h1>
        <p class="muted">{te('gone.lead')}</p>
      </div>
      <button type="button" class="btn g" onClick={intro.restart}>
        {te('gone.begin')}
      </button>
    </div>
  );
}
