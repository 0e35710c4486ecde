import { useArrival } from '../frame/arrival.ts';
import { Frame } from '../frame/Frame.tsx';
import type { Inside } from '../inside.ts';
import { te } from './words.ts';

/** The chat is open in another tab: one place at a time, and one tap brings it here. */
export function Elsewhere({ widget, visitor }: Inside) {
  useArrival();
  return (
    <Frame widget={widget}>
      <div class="bd middle">
        <h1 tabIndex={-1}>{te('err.twotabs')}</h1>
        <p class="muted">{te('err.twotabs.lead')}</p>
        <button type="button" class="btn p" onClick={() => void visitor.resumeHere()}>
          {te('err.twotabs.btn')}
        </button>
      </div>
    </Frame>
  );
}
