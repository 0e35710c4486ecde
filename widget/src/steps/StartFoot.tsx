import type { Facts } from '../frame/facts.ts';
import { hourWords } from '../frame/hourWords.ts';
import { Icon } from '../frame/Icon.tsx';
import { t } from '../frame/words.ts';
import type { Widget } from '../widget.ts';
import { arrowRight, circleAlert } from './icons.ts';
import { refusalOf } from './refusal.ts';
import { ts } from './words.ts';

const expectation = (facts: Facts) => {
  if (facts.is !== 'known') return ts('start.calm');
  const { hours, closesAt, state } = facts.centre;
  if (hours.is === 'closing' && closesAt !== null) return ts('start.soon', { uur: hourWords(closesAt) });
  return ts(state === 'busy' ? 'start.busy' : 'start.calm');
};

/** The button that brings a visitor into the line, and why it could not. It keeps its place and its focus while busy. */
export function StartFoot({ widget, onStart }: { widget: Widget; onStart: () => void }) {
  const { busy, refusal } = widget.start;
  return (
    <div class="ft">
      {refusal.value && (
        <p class="msg" role="alert">
          <Icon d={circleAlert} size="s" />
          {ts(`start.${refusalOf(refusal.value)}`)}
        </p>
      )}
      <button
        type="button"
        class="btn p"
        aria-disabled={busy.value}
        onClick={() => {
          if (!busy.value) onStart();
        }}
      >
        {busy.value ? t('loading') : ts('start.btn')}
        {!busy.value && <Icon d={arrowRight} />}
      </button>
      <p class="xs muted center">{expectation(widget.facts.facts.value)}</p>
    </div>
  );
}
