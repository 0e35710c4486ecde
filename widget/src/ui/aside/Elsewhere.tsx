import { ta } from '../../words/nlAside.ts';
import { useArrival } from '../arrival.ts';
import type { Inside } from '../room/inside.ts';

/** The chat is open in another tab: one place at a time, and one tap brings it here. */
export function Elsewhere({ visitor }: Inside) {
  useArrival();
  return (
    <div class="bd middle">
      <h1 tabIndex={-1}>{ta('err.twotabs')}</h1>
      <p class="muted">{ta('err.twotabs.lead')}</p>
      <button type="button" class="btn p" onClick={() => void visitor.resumeHere()}>
        {ta('err.twotabs.btn')}
      </button>
    </div>
  );
}
