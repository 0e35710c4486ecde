import { tc } from '../../words/nlChat.ts';
import { useArrival } from '../arrival.ts';
import { Frame } from '../Frame.tsx';
import { Header } from '../Header.tsx';
import { openStatus } from '../openStatus.ts';
import type { Inside } from './inside.ts';

/** The chat is open in another tab: one place at a time, and one tap brings it here. */
export function Elsewhere({ widget, visitor }: Inside) {
  useArrival();
  return (
    <Frame widget={widget} header={<Header widget={widget} status={openStatus(widget.facts.facts.value)} />}>
      <div class="bd middle">
        <h1 tabIndex={-1}>{tc('err.twotabs')}</h1>
        <p class="muted">{tc('err.twotabs.lead')}</p>
        <button type="button" class="btn p" onClick={() => void visitor.resumeHere()}>
          {tc('err.twotabs.btn')}
        </button>
      </div>
    </Frame>
  );
}
