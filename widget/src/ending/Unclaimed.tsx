import type { Visitor } from '@clbchat/shared/client/views';
import { useArrival } from '../frame/arrival.ts';
import { tclaim } from './claimWords.ts';

/** This tab keeps a chat, and whose it is only a person can say: nothing of it is shown before. */
export function Unclaimed({ visitor }: { visitor: Visitor }) {
  useArrival();
  return (
    <div class="bd middle">
      <h1 tabIndex={-1}>{tclaim('claim.q')}</h1>
      <p class="muted">{tclaim('claim.lead')}</p>
      <button type="button" class="btn g" onClick={() => void visitor.end()}>
        {tclaim('claim.no')}
      </button>
      <button type="button" class="btn p" onClick={() => void visitor.resumeHere()}>
        {tclaim('claim.yes')}
      </button>
    </div>
  );
}
