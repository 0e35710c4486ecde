import type { Visitor } from '@clbchat/shared/client/views';
import { useArrival } from '../frame/arrival.ts';
import { Firm } from '../frame/Firm.tsx';
import type { WithWidget } from '../widget.ts';
import { tclaim } from './claimWords.ts';

/** This tab keeps a chat, and whose it is only a person can say: nothing of it is shown before. */
export function Unclaimed({ widget, visitor }: WithWidget & { visitor: Visitor }) {
  useArrival();
  return (
    <div class="bd middle">
      <h1 tabIndex={-1}>{tclaim('claim.q')}</h1>
      <p class="muted">{tclaim('claim.lead')}</p>
      <Firm widget={widget} class="btn g" onClick={visitor.end}>
        {tclaim('claim.no')}
      </Firm>
      <Firm widget={widget} class="btn p" onClick={visitor.resumeHere}>
        {tclaim('claim.yes')}
      </Firm>
    </div>
  );
}
