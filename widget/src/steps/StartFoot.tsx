import type { ProblemCode } from '@clbchat/shared/problem';
import type { KnownCentre } from '../frame/facts.ts';
import { hourWords } from '../frame/hourWords.ts';
import { Icon } from '../frame/Icon.tsx';
import { Rare } from '../frame/Loading.tsx';
import { Missing } from '../frame/Missing.tsx';
import { t } from '../frame/words.ts';
import type { Widget } from '../widget.ts';
import { arrowRight } from './icons.ts';
import { Msg } from './Msg.tsx';
import { ts } from './words.ts';

/** Why somebody could not join. The form keeps all that was written. */
const refusalOf = (code: ProblemCode) => {
  if (code === 'full' || code === 'closed' || code === 'closing') return code;
  return code === 'full_house' || code === 'too_fast' ? 'wait' : 'err';
};

const expectation = (centre: KnownCentre | null) => {
  if (!centre) return ts('start.unknown');
  const { hours, closesAt, state } = centre;
  if (hours.is === 'closing' && closesAt !== null) return ts('start.soon', { uur: hourWords(closesAt) });
  return ts(state === 'busy' ? 'start.busy' : 'start.calm');
};

/** The button that brings a visitor into the line, and why it could not. It keeps its place and its focus while busy. */
export function StartFoot({ widget, onStart }: { widget: Widget; onStart: () => void }) {
  const { busy, refusal, lost } = widget.start;
  return (
    <div class="ft">
      {refusal.value &&
        (lost.value > 2 ? <Missing /> : <Msg role="alert">{ts(`start.${refusalOf(refusal.value)}`)}</Msg>)}
      <button type="button" class="btn p" aria-disabled={busy.value} onClick={() => busy.value || onStart()}>
        {busy.value ? t('loading') : ts('start.btn')}
        {!busy.value && <Icon d={arrowRight} />}
      </button>
      {refusal.value === 'closed' ? (
        <Rare widget={widget} show={({ WhenOpen }) => <WhenOpen widget={widget} to="late" />} />
      ) : (
        <p class="xs muted center">{expectation(widget.facts.centre.value)}</p>
      )}
    </div>
  );
}
